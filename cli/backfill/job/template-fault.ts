import { isObject } from "#shared/contract/is-object.ts";

/** No contact request has a tenth of it. Whoever goes through a template may call itself for each level. */
const MOST_LEVELS = 100;

/**
 * What stands in a template that no request can hold, and of which no hash can be made, as a sentence without its end; undefined
 * where there is nothing of it. All else is for the contract to judge, row by row.
 */
export const templateFault = (template: Record<string, unknown>): string | undefined =>
  faultAt({ value: template, place: "", level: 1 });

interface Part {
  readonly value: unknown;
  /** As in `input.Name`. */
  readonly place: string;
  readonly level: number;
}

function faultAt({ value, place, level }: Part): string | undefined {
  if (level > MOST_LEVELS) return `it has more than ${MOST_LEVELS} levels, one within the other`;
  if (typeof value === "string") return value.isWellFormed() ? undefined : `${place} holds ${HALF}`;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${place} is ${TOO_LARGE}`;
  if (!Array.isArray(value) && !isObject(value)) return undefined;
  for (const [key, below] of Object.entries(value)) {
    if (!key.isWellFormed()) return `the key ${JSON.stringify(key)} holds ${HALF}`;
    const fault = faultAt({ value: below, place: placeOf(place, key), level: level + 1 });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const HALF = "half of a surrogate pair, as a text does that was cut within an emoji";

const TOO_LARGE = "a number that is too large: none above 1.79e308 can be kept";

const placeOf = (above: string, key: string): string => (above === "" ? key : `${above}.${key}`);
