import {
  type IntegerShape,
  type ListShape,
  type MapShape,
  type StringShape,
  type StructureShape,
  shapeNamed,
} from "./api-model.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";

export type CheckedInput =
  | { readonly ok: true; readonly input: JsonObject }
  | { readonly ok: false; readonly problems: readonly string[] };

// SegmentAttributes nest without end in the model. AWS does not say where it stops; a stack would stop somewhere.
const DEEPEST_NESTING = 100;
const INTEGER_LIMIT = 2 ** 31;

/** What a walk through a value gathers on its way. */
interface Walk {
  readonly problems: string[];
  readonly depth: number;
  readonly path: string;
}

/**
 * Checks a request against the structure `shapeName` of the API model: required members, types, lengths, ranges, patterns, enums.
 * Gives the input reduced to the members that the model knows (AWS ignores the others, and takes null for absent),
 * or every problem, each a sentence that names the member and the rule and never the value.
 */
export function checkInput(shapeName: string, value: JsonObject): CheckedInput {
  const problems: string[] = [];
  const input = read(shapeName, value, { problems, depth: 0, path: "" });
  return problems.length === 0 && isJsonObject(input) ? { ok: true, input } : { ok: false, problems };
}

function read(shapeName: string, value: unknown, walk: Walk): unknown {
  if (walk.depth > DEEPEST_NESTING) {
    return refuse(walk, `must not be nested deeper than ${DEEPEST_NESTING} levels`);
  }
  const shape = shapeNamed(shapeName);
  switch (shape.type) {
    case "structure":
      return readStructure(shape, value, walk);
    case "list":
      return readList(shape, value, walk);
    case "map":
      return readMap(shape, value, walk);
    case "string":
      return readString(shape, value, walk);
    case "integer":
      return readInteger(shape, value, walk);
  }
}

function readStructure(shape: StructureShape, value: unknown, walk: Walk): unknown {
  if (!isJsonObject(value)) return refuse(walk, "must be an object");
  for (const name of shape.required) {
    if (!isGiven(value, name)) refuse(below(walk, name), "is required");
  }
  const known = Object.entries(shape.members).filter(([name]) => isGiven(value, name));
  return Object.fromEntries(known.map(([name, type]) => [name, read(type, value[name], below(walk, name))]));
}

function readList(shape: ListShape, value: unknown, walk: Walk): unknown {
  if (!Array.isArray(value)) return refuse(walk, "must be a list");
  checkBounds(shape, { size: value.length, unit: "entries" }, walk);
  return value.map((entry, index) => read(shape.member, entry, { ...below(walk, ""), path: `${walk.path}[${index}]` }));
}

function readMap(shape: MapShape, value: unknown, walk: Walk): unknown {
  if (!isJsonObject(value)) return refuse(walk, "must be a map");
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      read(shape.key, key, { ...below(walk, ""), path: `the key of ${walk.path}.${key}` });
      return [key, read(shape.value, entry, below(walk, key))];
    }),
  );
}

function readString(shape: StringShape, value: unknown, walk: Walk): unknown {
  if (typeof value !== "string") return refuse(walk, "must be a string");
  if (shape.min !== undefined || shape.max !== undefined) {
    checkBounds(shape, { size: lengthOf(value), unit: "characters" }, walk);
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) refuse(walk, `must be one of ${shape.enum.join(", ")}`);
  if (shape.pattern !== undefined && !shape.pattern.test(value)) refuse(walk, `must match ${shape.pattern.source}`);
  return value;
}

function readInteger(shape: IntegerShape, value: unknown, walk: Walk): unknown {
  if (typeof value !== "number" || !Number.isInteger(value)) return refuse(walk, "must be an integer");
  if (value < -INTEGER_LIMIT || value >= INTEGER_LIMIT) return refuse(walk, "must fit into 32 bits");
  if (shape.min !== undefined && value < shape.min) refuse(walk, `must be at least ${shape.min}`);
  if (shape.max !== undefined && value > shape.max) refuse(walk, `must be at most ${shape.max}`);
  return value;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function checkBounds(bounds: Bounds, { size, unit }: { size: number; unit: string }, walk: Walk): void {
  if (bounds.min !== undefined && size < bounds.min) refuse(walk, `must have at least ${bounds.min} ${unit}`);
  if (bounds.max !== undefined && size > bounds.max) refuse(walk, `must have at most ${bounds.max} ${unit}`);
}

/** Smithy counts Unicode scalar values: an emoji outside of the basic plane is one character, not two. */
function lengthOf(value: string): number {
  let characters = 0;
  for (let index = 0; index < value.length; index += (value.codePointAt(index) ?? 0) > 0xffff ? 2 : 1) characters += 1;
  return characters;
}

const isGiven = (value: JsonObject, name: string): boolean =>
  Object.hasOwn(value, name) && value[name] !== null && value[name] !== undefined;

const below = (walk: Walk, name: string): Walk => ({
  problems: walk.problems,
  depth: walk.depth + 1,
  path: walk.path === "" ? name : `${walk.path}.${name}`,
});

function refuse(walk: Walk, rule: string): undefined {
  walk.problems.push(`${walk.path} ${rule}`);
  return undefined;
}
