import { isJsonObject, type JsonObject } from "../connect-emulator/json-object.ts";

/** The value at a path of an event; undefined where there is none. */
export type JsonPath = (event: JsonObject) => unknown;

const STEP = /\.(?<name>[\w/-]+)|\[(?<index>\d+)\]|(?<all>\[\*\])/gy;

/**
 * A path as EventBridge takes it: `$`, names after dots, array indices, and `[*]` for a list of all. Undefined for
 * anything else.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function parseJsonPath(path: string): JsonPath | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps = [...path.slice(1).matchAll(STEP)];
  if (steps.reduce((length, [step]) => length + step.length, 1) !== path.length) return undefined;

  const selectors = steps.map(({ groups }) => selector(groups?.["name"], groups?.["index"]));
  const isList = steps.some(({ groups }) => groups?.["all"] !== undefined);
  return (event) => {
    const found = selectors.reduce<readonly unknown[]>((values, select) => values.flatMap(select), [event]);
    return isList ? found : found[0];
  };
}

type Selector = (value: unknown) => readonly unknown[];

function selector(name: string | undefined, index: string | undefined): Selector {
  if (name !== undefined) return (value) => (isJsonObject(value) && Object.hasOwn(value, name) ? [value[name]] : []);
  if (index === undefined) return (value) => (Array.isArray(value) ? value : []);
  return (value) => (Array.isArray(value) ? value.slice(Number(index), Number(index) + 1) : []);
}
