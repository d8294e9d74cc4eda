import { isObject } from "../../contract/is-object.ts";
import { nearestName } from "../../contract/nearest-name.ts";
import { OPERATIONS, type Operation } from "../../contract/operation.ts";
import { failed, type Result, succeeded } from "../../result.ts";
import type { TemplateJob } from "../backfill-job.ts";
import { requestIdOf } from "../job-name.ts";
import type { Cell } from "./cell.ts";
import { ColumnUse } from "./column-use.ts";
import { compileNode } from "./compile-node.ts";
import type { TemplateProblem } from "./template-problem.ts";
import { requestPlace } from "./wanted-kind.ts";

/** A template that fits the file's columns. */
export interface CompiledTemplate {
  /** The indexes of the columns of which it needs the cells, that of the key too. */
  readonly used: readonly number[];
  readonly keyIndex: number;
  /** Makes the request of a row, which the contract has not seen yet. `cells` are in the order of the columns. */
  readonly fill: (cells: readonly Cell[]) => unknown;
}

/** Makes a template ready for the rows of a file with these columns; or all that is wrong with it, before the first row. */
export function compileTemplate(
  { template, job, operation, keyColumn, sendingHours }: TemplateJob,
  columns: readonly string[],
): Result<CompiledTemplate, readonly TemplateProblem[]> {
  if (!isObject(template)) return failed([NOT_AN_OBJECT]);
  const { requestId, ...members } = template;
  const use = new ColumnUse(columns);
  if (requestId !== undefined) use.refuse(requestIdGiven(job));
  if (template["operation"] !== operation) use.refuse(operationProblem(template["operation"], operation));
  if (sendingHours !== undefined && members["sendingHours"] !== undefined) use.refuse(HOURS_TWICE);
  const whole = { source: job, ...(sendingHours !== undefined && { sendingHours }), ...members };
  const compiled = compileNode(requestPlace(operation, whole), use);
  const keyIndex = columns.indexOf(keyColumn);
  if (keyIndex === -1) use.refuse(unknownKeyColumn(keyColumn, columns));
  else use.indexOf(keyColumn);
  const problems = [...use.problems, ...unknownColumns(use.unknown, columns)];
  if (problems.length > 0) return failed(problems);
  const fill = (cells: readonly Cell[]): unknown => {
    const filled = compiled.kind === "constant" ? compiled.value : compiled.fill(cells);
    return Object.assign({ requestId: requestIdOf(job, String(cells[keyIndex])) }, filled);
  };
  return succeeded({ used: use.used, keyIndex, fill });
}

const NOT_AN_OBJECT: TemplateProblem = {
  code: "not-an-object",
  message: "The template must be one JSON object: a contact request with {{column}} placeholders.",
};

const HOURS_TWICE: TemplateProblem = {
  code: "sending-hours-twice",
  message: "The template has sendingHours, and the job is given others. Leave out one of them.",
};

const requestIdGiven = (job: string): TemplateProblem => ({
  code: "request-id",
  message: `The template's requestId must be left out: every row has its own, which is ${job}/ and its key.`,
});

function operationProblem(written: unknown, operation: Operation): TemplateProblem {
  const known = OPERATIONS.find((each) => each === written);
  const message =
    known === undefined
      ? `The template's operation must be one of ${OPERATIONS.join(", ")}, and no placeholder: a job has one operation.`
      : `The template's operation is ${known}, and the job's is ${operation}. Give both the same.`;
  return { code: "operation", message };
}

function unknownKeyColumn(keyColumn: string, columns: readonly string[]): TemplateProblem {
  return {
    code: "unknown-key-column",
    message: `The key column ${JSON.stringify(keyColumn)} is not in the file${hint(keyColumn, columns)}. ${listed(columns)}`,
  };
}

function unknownColumns(names: readonly string[], columns: readonly string[]): readonly TemplateProblem[] {
  if (names.length === 0) return [];
  const written = names.map((name) => `{{${name}}}${hint(name, columns)}`).join(", ");
  const message = `The template names what is no column of the file: ${written}. ${listed(columns)}`;
  return [{ code: "unknown-column", message }];
}

function hint(name: string, columns: readonly string[]): string {
  const nearest = nearestName(name, columns);
  return nearest === undefined ? "" : ` (did you mean ${JSON.stringify(nearest)}?)`;
}

const MOST_LISTED = 50;

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, MOST_LISTED).map((name) => JSON.stringify(name));
  const more = columns.length > MOST_LISTED ? ` and ${columns.length - MOST_LISTED} more` : "";
  return `Its columns are ${shown.join(", ")}${more}.${anotherFormat(columns)}`;
}

/** One column that has the marks of many, or of JSON, was read in the wrong way. */
function anotherFormat([only = "", ...others]: readonly string[]): string {
  if (others.length > 0) return "";
  if (/^[[{]/.test(only)) return " That looks like JSON: name its format with --format.";
  const delimiter = [";", "\t", "|", ","].find((each) => only.includes(each));
  if (delimiter === undefined) return "";
  return ` That looks like several, with another delimiter: --delimiter ${delimiter === "\t" ? "tab" : `"${delimiter}"`}.`;
}
