import { type InputFormat, isDelimiter } from "#shared/backfill/input/input-format.ts";
import { CommandError } from "../../command-error.ts";
import type { FormatName, JobOptions } from "./job-options.ts";

type FormatOptions = Pick<JobOptions, "format" | "delimiter" | "template">;

/** How the rows of a file are written: as the options say, else by the file's name. Throws a CommandError where they disagree. */
export function inputFormatOf(path: string, options: FormatOptions): InputFormat {
  const name = options.format ?? formatByName(path, options);
  if (name !== "csv" && options.delimiter !== undefined) {
    throw new CommandError("--delimiter is for CSV files: leave it out, or give --format csv.");
  }
  switch (name) {
    case "csv":
      return { kind: "csv", delimiter: delimiterOf(options.delimiter ?? (/\.tsv$/i.test(path) ? "\t" : ",")) };
    case "jsonl":
      return { kind: "rows" };
    case "requests":
      return { kind: "requests" };
  }
}

function formatByName(path: string, { template }: FormatOptions): FormatName {
  if (!/\.(?:jsonl|ndjson)$/i.test(path)) return "csv";
  return template === undefined ? "requests" : "jsonl";
}

const TAB_NAMES = ["tab", "\\t"];

function delimiterOf(text: string): string {
  const delimiter = TAB_NAMES.includes(text) ? "\t" : text;
  if (isDelimiter(delimiter)) return delimiter;
  throw new CommandError(
    '--delimiter must be one ASCII character other than a quote, as in --delimiter ";"; write tab for a tab.',
  );
}
