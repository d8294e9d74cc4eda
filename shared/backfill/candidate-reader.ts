import { isObject } from "../contract/is-object.ts";
import { failed, type Result, succeeded } from "../result.ts";
import { type BackfillJob, isTemplateJob, type RequestsJob, type TemplateJob } from "./backfill-job.ts";
import type { CandidateRow } from "./candidate-row.ts";
import { csvCells } from "./input/csv-cells.ts";
import { jsonValue } from "./input/json-value.ts";
import { type ReadRow, readEachRow } from "./input/read-row.ts";
import type { RowBlock } from "./input/row-block.ts";
import { rowReason } from "./row-reason.ts";
import type { Cell } from "./template/cell.ts";
import { type CompiledTemplate, compileTemplate } from "./template/compile-template.ts";
import { rowCells } from "./template/row-cells.ts";
import type { TemplateProblem } from "./template/template-problem.ts";

/** Makes requests of the rows of a block: one answer for each row, in their order. */
export type CandidateReader = (block: RowBlock) => readonly CandidateRow[];

/** What reads the rows of a job's file, which has these columns; or all that is wrong with the job's template. */
export function candidateReader(
  job: BackfillJob,
  columns: readonly string[],
): Result<CandidateReader, readonly TemplateProblem[]> {
  if (!isTemplateJob(job)) {
    return succeeded((block) => rows(block, readEachRow(block, jsonValue), (value) => asRequest(value, job)));
  }
  const compiled = compileTemplate(job, columns);
  if (!compiled.ok) return compiled;
  const template = compiled.value;
  return succeeded((block) =>
    rows(block, cellsOf(block, job, { columns, template }), (cells) => fill(cells, template)),
  );
}

interface Made {
  readonly key: string;
  readonly request: ReadRow<unknown>;
}

function rows<Content>(
  block: RowBlock,
  contents: readonly ReadRow<Content>[],
  make: (content: Content) => Made,
): readonly CandidateRow[] {
  return contents.map((content, index) => {
    const line = block.rows[index]?.line ?? 0;
    if (!content.ok) return { kind: "refused", line, key: null, reasons: [content.error] };
    const { key, request } = make(content.value);
    if (!request.ok) return { kind: "refused", line, key, reasons: [request.error] };
    return { kind: "candidate", line, key, request: request.value };
  });
}

function cellsOf(
  block: RowBlock,
  { format }: TemplateJob,
  { columns, template }: { readonly columns: readonly string[]; readonly template: CompiledTemplate },
): readonly ReadRow<readonly Cell[]>[] {
  if (format.kind === "csv") return csvCells(block, { delimiter: format.delimiter, columns: columns.length });
  return readEachRow(block, (text) => {
    const value = jsonValue(text);
    return value.ok ? rowCells(value.value, columns, template.used) : value;
  });
}

const NO_KEY = rowReason("no-key", "must have a key, which is how the row is known: its cell is empty");

function fill(cells: readonly Cell[], { keyIndex, fill: filled }: CompiledTemplate): Made {
  const key = String(cells[keyIndex]);
  return { key, request: key === "" ? failed(NO_KEY) : succeeded(filled(cells)) };
}

/** The request as it stands in the file, with what the job says where it says nothing itself. */
function asRequest(value: unknown, { job, operation, sendingHours }: RequestsJob): Made {
  if (!isObject(value)) {
    return { key: "", request: failed(rowReason("not-an-object", "must be a contact request, a JSON object")) };
  }
  const { requestId, source = job, sendingHours: hours = sendingHours } = value;
  const key = typeof requestId === "string" ? requestId : "";
  if (typeof value["operation"] === "string" && value["operation"] !== operation) {
    const rule = `must have the operation ${operation}, since a job has one: put the others into a file of their own`;
    return { key, request: failed(rowReason("other-operation", rule)) };
  }
  return { key, request: succeeded({ ...value, source, ...(hours !== undefined && { sendingHours: hours }) }) };
}
