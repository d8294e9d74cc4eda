import { isObject } from "#shared/contract/is-object.ts";
import { edgesOf, keyEdgesOf } from "./edges.ts";
import { membersOf, type Place, placesIn } from "./places.ts";

type Path = readonly (string | number)[];

/** As JSON.parse does it: `__proto__` becomes a member like any other. */
const withOwnKeys = (entries: readonly (readonly [string, unknown])[]): object => {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
};

/** The request with another value at a place. */
export const replaced = (value: unknown, [step, ...rest]: Path, replacement: unknown): unknown => {
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaced(item, rest, replacement) : item));
  if (!isObject(value)) return value;
  return withOwnKeys(
    Object.entries(value).map(([key, child]) => [key, key === step ? replaced(child, rest, replacement) : child]),
  );
};

const withoutMember = (value: object, name: string): object =>
  withOwnKeys(Object.entries(value).filter(([key]) => key !== name));

const withMember = (value: object, name: string, member: unknown): object =>
  withOwnKeys([...Object.entries(withoutMember(value, name)), [name, member]]);

/** A good value for each member that some good request has, by the member's name. */
export type Pool = ReadonlyMap<string, unknown>;

export const poolOf = (requests: readonly object[]): Pool =>
  new Map(
    requests
      .flatMap(placesIn)
      .flatMap(({ path, value }) => (path.length === 0 ? [] : [[String(path.at(-1)), value] as const])),
  );

const objectEdges = (place: Place, value: Record<string, unknown>, pool: Pool): readonly unknown[] => {
  const keys = Object.keys(value);
  const renamed = keys
    .slice(-1)
    .flatMap((key) =>
      keyEdgesOf(place.node, key).map((edge) => withMember(withoutMember(value, key), edge, value[key])),
    );
  const added = Object.keys(membersOf(place.node))
    .filter((name) => !keys.includes(name) && pool.has(name))
    .map((name) => withMember(value, name, pool.get(name)));
  const unknown = ["NoSuchMember", "__proto__", "toString"].map((name) => withMember(value, name, "x"));
  return [...keys.map((key) => withoutMember(value, key)), ...renamed, ...added, ...unknown];
};

/** Values for a place that are at the edge of what it takes, or beyond. */
export const variantsOf = (place: Place, pool: Pool): readonly unknown[] => [
  ...edgesOf(place.node, place.value),
  ...(isObject(place.value) ? objectEdges(place, place.value, pool) : []),
];

/** A good request with each of its places changed in turn, in each way that the schema or experience suggests. */
export function* brokenRequests(
  request: object,
  pool: Pool,
): Generator<{ readonly request: unknown; readonly change: string }> {
  for (const place of placesIn(request)) {
    for (const value of variantsOf(place, pool)) {
      yield {
        request: replaced(request, place.path, value),
        change: `${place.path.join(".")} = ${JSON.stringify(value)?.slice(0, 80)}`,
      };
    }
  }
}
