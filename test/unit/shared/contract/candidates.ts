import { type Shape, shapeOf } from "./api-model.ts";
import { INT32 } from "./is-in-model.ts";

type Candidate = readonly [label: string, value: unknown];

/** Texts of a length that fulfil what else is asked of them; others are made of a's. */
const FILLERS: Readonly<Record<string, (length: number) => string>> = {
  EmailAddress: (length) => `${"a".repeat(Math.max(0, length - 5))}@b.co`.slice(-length),
  PreSignedAttachmentUrl: (length) => "https://a.co/".padEnd(length, "a").slice(0, length),
};

const filled = (shapeName: string, length: number): string =>
  length === 0 ? "" : (FILLERS[shapeName]?.(length) ?? "a".repeat(length));

const PATTERN_SAMPLES: Readonly<Record<string, readonly string[]>> = {
  EmailAddress: [
    "ada@example.com",
    "a+b@x.y.z",
    "ünï@exämple.de",
    "ada",
    "ada@example",
    "@example.com",
    "a@b@example.com",
    "a b@example.com",
    "ada@example.com\n",
  ],
  ReferenceArn: [
    "arn:aws:s3:::bucket/key-1",
    "arn:aws:s3:::bucket/a b",
    "arn:aws:s3:::bucket_with_underscores",
    "arn:aws:s3:::bücket/key-1",
  ],
  FileName: ["Rechnung 4711 (ä) 请求.pdf", "😀.png", "a\u0000.pdf", "a\n.pdf", "a\u200b.pdf", "\ud800.pdf"],
};

const edges = (min: number | undefined, max: number | undefined): readonly Candidate[] => [
  ...(min === undefined ? [] : [["min-1", min - 1] as const]),
  ["min", min ?? 0],
  ...(max === undefined
    ? []
    : ([
        ["max", max],
        ["max+1", max + 1],
      ] as const)),
];

/** Texts at both sides of each limit. */
export const textCandidates = (shapeName: string, shape: Extract<Shape, { type: "string" }>): readonly Candidate[] => {
  if (shape.enum !== undefined) {
    return [...shape.enum, "NONE_OF_THEM", "", shape.enum[0]?.toLowerCase() ?? ""].map((value) => [value, value]);
  }
  const samples = shape.pattern === undefined ? [] : PATTERN_SAMPLES[shapeName];
  if (samples === undefined) throw new Error(`Add samples for the pattern of ${shapeName}.`);
  return [
    ...edges(shape.min, shape.max)
      .filter(([, length]) => Number(length) >= 0)
      .map(([label, length]) => [label, filled(shapeName, Number(length))] as const),
    ...(shape.max === undefined ? [] : [["max emoji", "😀".repeat(shape.max)] as const]),
    ...samples.map((value) => [JSON.stringify(value), value] as const),
  ];
};

const integerCandidates = ({ min = INT32.min, max = INT32.max }: Extract<Shape, { type: "integer" }>) => [
  ...edges(min, max),
  ["a fraction", min + 0.5] as const,
];

/** The smallest value of a shape. */
export const least = (shapeName: string): unknown => {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case "string":
      return shape.enum?.[0] ?? filled(shapeName, Math.max(shape.min ?? 0, shapeName in FILLERS ? 20 : 0));
    case "integer":
      return shape.min ?? 0;
    case "list":
      return Array.from({ length: shape.min ?? 0 }, () => least(shape.member));
    case "map":
      return {};
    case "structure":
      return Object.fromEntries(shape.required.map((name) => [name, least(shape.members[name] ?? "")]));
  }
};

/** Values of a shape at both sides of each limit, and values of other types. */
export const candidates = (shapeName: string): readonly Candidate[] => {
  const shape = shapeOf(shapeName);
  const others: readonly Candidate[] = [
    ["null", null],
    ["true", true],
    [shape.type === "integer" ? "text" : "a number", shape.type === "integer" ? "60" : 60],
    [shape.type === "list" ? "an object" : "a list", shape.type === "list" ? {} : []],
  ];
  switch (shape.type) {
    case "string":
      return [...others, ...textCandidates(shapeName, shape)];
    case "integer":
      return [...others, ...integerCandidates(shape)];
    case "list":
      return [
        ...others,
        ...edges(shape.min, shape.max)
          .filter(([, length]) => Number(length) >= 0)
          .map(
            ([label, length]) =>
              [`${label} items`, Array.from({ length: Number(length) }, () => least(shape.member))] as const,
          ),
      ];
    case "map":
      return [...others, ["empty", {}]];
    case "structure":
      return others;
  }
};
