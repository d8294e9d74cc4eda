import { readFileSync } from "node:fs";
import type { OptionKind } from "./known-commands.ts";

/** What the words behind an option mean. Throws an Error that names the option. */
export function optionValue(kind: OptionKind, words: readonly string[], name: string): unknown {
  if (kind === "texts") return words;
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new Error(`${name} takes one value, and ${words.length} are given.`);
  switch (kind) {
    case "text":
      return fromFile(word);
    case "file":
      return readFileSync(word);
    case "integer":
      if (!/^\d+$/.test(word)) throw new Error(`${name} takes a whole number.`);
      return Number(word);
    case "structure":
      return structureIn(fromFile(word), name);
  }
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html */
const fromFile = (word: string): string =>
  word.startsWith("file://") ? readFileSync(word.slice("file://".length), "utf8").trimEnd() : word;

/** JSON, or the CLI's shorthand: `Name={DataType=Number,StringValue=5}`. */
function structureIn(text: string, name: string): unknown {
  if (/^\s*[[{]/.test(text)) return JSON.parse(text);
  return Object.fromEntries(pairsIn(text).map((pair) => member(pair, name)));
}

/** At the commas that are in no braces. */
const pairsIn = (text: string): readonly string[] => text.split(/,(?![^{]*\})/);

function member(pair: string, name: string): readonly [string, unknown] {
  const [, key, value = ""] = /^([\w.-]+)=(.*)$/s.exec(pair) ?? [];
  if (key === undefined) throw new Error(`${name}: ${pair} is neither JSON nor KEY=VALUE.`);
  const nested = /^\{(.*)\}$/s.exec(value)?.[1];
  return [key, nested === undefined ? value : structureIn(nested, name)];
}
