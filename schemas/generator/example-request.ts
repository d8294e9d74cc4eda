import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Operation } from "#shared/contract/operation.ts";

const SAMPLES = new URL("../../samples/", import.meta.url);

const fileName = (operation: Operation): string =>
  `${operation.replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => `-${letter}`).toLowerCase()}.jsonl`;

/** The first of an operation's sample requests. */
export const exampleRequest = (operation: Operation): Record<string, unknown> => {
  const [first = ""] = readFileSync(new URL(fileName(operation), SAMPLES), "utf8").split("\n");
  return z.looseObject({}).parse(JSON.parse(first));
};
