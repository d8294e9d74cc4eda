import { resolved, type SchemaNode } from "./published-schema.ts";

/** Limits that stand in another branch of the schema than the text itself: of an instance's id, of an SMS, of a WhatsApp message. */
const LIMITS_ELSEWHERE = [100, 1024, 4096];

/** Longer texts are made of one letter alone. */
const LONG = 40_000;

const numberAt = (node: SchemaNode, keyword: string): number | undefined => {
  const value = node[keyword];
  return typeof value === "number" ? value : undefined;
};

/** Texts of exactly that many characters that go on as the good one does, so that a pattern is still fulfilled. */
const ofLength = (good: string, length: number): readonly string[] => {
  const characters = [...good];
  if (length < 0) return [];
  if (length <= characters.length) return [characters.slice(0, length).join("")];
  const missing = length - characters.length;
  const plain = good + "a".repeat(missing);
  return length > LONG ? [plain] : [plain, good + "😀".repeat(missing)];
};

const AWKWARD = [
  "",
  " ",
  "\n",
  "ü",
  "a b",
  "\ud800",
  "a\u0000",
  "a\u200b",
  "__proto__",
  "constructor",
  "connect:x",
  "x:",
  "1",
];

const textEdges = (node: SchemaNode, good: string): readonly string[] => {
  const min = numberAt(node, "minLength") ?? 0;
  const max = numberAt(node, "maxLength") ?? 0;
  const near = [`${good} `, ` ${good}`, `${good}\n`, good.toUpperCase(), good.toLowerCase(), `${good}.`, `${good}/..`];
  return [
    ...AWKWARD,
    ...near,
    ...[min - 1, min, ...[max, ...LIMITS_ELSEWHERE].flatMap((limit) => [limit, limit + 1])].flatMap((length) =>
      ofLength(good, length),
    ),
  ];
};

const numberEdges = (node: SchemaNode, good: number): readonly number[] => {
  const min = numberAt(node, "minimum") ?? good;
  const max = numberAt(node, "maximum") ?? good;
  return [min - 1, min, max, max + 1, good + 0.5, -0, 1e300];
};

const listEdges = (node: SchemaNode, good: readonly unknown[]): readonly unknown[][] => {
  const max = numberAt(node, "maxItems") ?? 60;
  const lengths = [0, numberAt(node, "minItems") ?? 0, max - 1, max, max + 1];
  return lengths.map((length) => Array.from({ length }, (_item, index) => good[index % good.length]));
};

const choices = (node: SchemaNode): readonly unknown[] => (Array.isArray(node["enum"]) ? node["enum"] : []);

const OTHER_TYPES = [null, true, 7, "text", [], {}, [[]], { k: {} }];

/** Values for the place of a good one: at both sides of each limit that the schema names there, each of its choices, other types. */
export const edgesOf = (unresolved: SchemaNode, good: unknown): readonly unknown[] => {
  const node = resolved(unresolved);
  const known = [...OTHER_TYPES, ...choices(node)];
  if (typeof good === "string") return [...known, ...textEdges(node, good)];
  if (typeof good === "number") return [...known, ...numberEdges(node, good)];
  return Array.isArray(good) ? [...known, ...listEdges(node, good)] : known;
};

/** Keys for the place of a good one in a map. */
export const keyEdgesOf = (unresolved: SchemaNode, good: string): readonly string[] => {
  const names = resolved(unresolved)["propertyNames"];
  return typeof names === "object" && names !== null ? textEdges({ ...names }, good) : [];
};
