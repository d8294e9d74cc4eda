import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { contactRequestSchema } from "#shared/contract/contact-request.ts";
import { segmentAttributeValue } from "#shared/contract/fields/segment-attribute-value.ts";

const SOURCE = fileURLToPath(new URL("../shared/contract/contact-request.ts", import.meta.url));

/**
 * The type of a contact request in plain TypeScript: who installs the producer needs neither zod nor the time that its types take.
 * A test compares it with what zod infers.
 */
export async function contractDeclaration(): Promise<string> {
  const docs = memberDocs(await readFile(SOURCE, "utf8"));
  const requests = contactRequestSchema.options.map(
    ({ shape }) =>
      `/** Asks for ${shape.operation.value}. */\nexport type ${shape.operation.value}Request = ${members(shape, docs)};\n`,
  );
  const names = contactRequestSchema.options.map(({ shape }) => `${shape.operation.value}Request`);
  const lines = [
    "/** A contact request, as the contract has it. */",
    `export type ContactRequest = ${names.join(" | ")};\n`,
    ...requests,
    "/** The value of a segment attribute. */",
    `export interface ${SEGMENT_VALUE} ${members(shapeOf(segmentAttributeValue))}\n`,
  ];
  return indented(lines.join("\n"));
}

function indented(text: string): string {
  let depth = 0;
  const lines = text.split("\n").map((line) => {
    if (line.startsWith("}")) depth -= 1;
    const written = line === "" ? "" : "  ".repeat(depth) + line;
    if (line.endsWith("{")) depth += 1;
    return written;
  });
  return lines.join("\n");
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;
type Docs = ReadonlyMap<string, string>;

/** What the contract's source says of each member of a request. */
const memberDocs = (source: string): Docs =>
  new Map(
    [...source.matchAll(/\/\*\* ([^*]+) \*\/\n\s+(\w+)[:,]/g)].map(([, doc = "", name = ""]): [string, string] => [
      name,
      doc,
    ]),
  );

const members = (shape: Shape, docs: Docs = new Map()): string =>
  `{\n${Object.entries(shape)
    .map(([name, schema]) => docLine(docs.get(name)) + member(name, schema))
    .join("")}}`;

const docLine = (doc: string | undefined): string => (doc === undefined ? "" : `/** ${doc} */\n`);

const member = (name: string, schema: z.core.$ZodType): string =>
  schema instanceof z.ZodOptional
    ? `${name}?: ${typeText(schema.unwrap())} | undefined;\n`
    : `${name}: ${typeText(schema)};\n`;

/** Segment attributes contain themselves: the schema has one object for each level, and the type one for all. */
const SEGMENT_VALUE = "SegmentAttributeValue";

function shapeOf(schema: z.core.$ZodType): Shape {
  if (schema instanceof z.ZodObject) return schema.shape;
  throw new Error(
    "The schema of a segment attribute's value is no object any more: build/contract-declaration.ts relies on it.",
  );
}

const sameMembers = (one: Shape, other: Shape): boolean => Object.keys(one).join() === Object.keys(other).join();

function typeText(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodObject) {
    return sameMembers(schema.shape, shapeOf(segmentAttributeValue)) ? SEGMENT_VALUE : members(schema.shape);
  }
  if (schema instanceof z.ZodRecord) return recordText(schema);
  if (schema instanceof z.ZodArray) return `${parenthesized(typeText(schema.element))}[]`;
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return literals(schema);
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return "string";
  if (schema instanceof z.ZodNumber) return "number";
  throw new Error(
    `The contract holds a ${schema._zod.def.type}, which build/contract-declaration.ts does not know: add it there.`,
  );
}

/** A map whose keys are a fixed set need not have all of them. */
const recordText = ({ keyType, valueType }: z.ZodRecord): string =>
  keyType instanceof z.ZodEnum
    ? `Partial<Record<${literals(keyType)}, ${typeText(valueType)}>>`
    : `Record<string, ${typeText(valueType)}>`;

const parenthesized = (text: string): string => (text.includes(" | ") && !text.startsWith("{") ? `(${text})` : text);

const literals = (schema: z.ZodEnum | z.ZodLiteral): string => {
  const values: readonly unknown[] = schema instanceof z.ZodEnum ? schema.options : [...schema.values];
  return values.map((value) => JSON.stringify(value)).join(" | ");
};
