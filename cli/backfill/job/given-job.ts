import type { BackfillJob, TemplateJob } from "#shared/backfill/backfill-job.ts";
import { inputStart } from "#shared/backfill/input/input-start.ts";
import { UnusableFile } from "#shared/backfill/input/unusable-file.ts";
import type { SendingHours } from "#shared/contract/fields/sending-hours.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { CommandError } from "../../command-error.ts";
import type { RowSource } from "../input/row-source.ts";
import { inputFormatOf } from "./input-format-of.ts";
import type { JobOptions } from "./job-options.ts";
import { readTemplate } from "./read-template.ts";
import { sendingHoursOf } from "./sending-hours-of.ts";

/** A job as far as the options describe it: which operation contact requests are of is written in the file. */
export type GivenJob = TemplateJob | UnreadRequests;

interface UnreadRequests {
  readonly job: string;
  readonly format: { readonly kind: "requests" };
  readonly sendingHours?: SendingHours;
}

/** The job that the options describe. Rejects with a CommandError for what is wrong with them, before the rows are looked at. */
export async function givenJob(path: string, options: JobOptions): Promise<GivenJob> {
  const format = inputFormatOf(path, options);
  const hours = sendingHoursOf(options);
  const common = { job: options.job, ...(hours !== undefined && { sendingHours: hours }) };
  const { template: templatePath, key: keyColumn } = options;
  if (format.kind === "requests") {
    if (templatePath === undefined && keyColumn === undefined) return { ...common, format };
    throw new CommandError(
      "--template and --key are for files of rows, and this one is of whole contact requests: leave them out, or give --format jsonl.",
    );
  }
  if (templatePath === undefined) {
    throw new CommandError(
      "--template is needed: the file of a contact request as JSON, with {{column}} where a value of the row stands. Whole requests take --format requests.",
    );
  }
  if (keyColumn === undefined) {
    throw new CommandError(
      "--key is needed: the column that tells the rows apart, such as a customer's number. A row's number would not do: sorted anew, the file would be sent twice.",
    );
  }
  const template = await readTemplate(templatePath);
  return { ...common, format, template, keyColumn, operation: operationOf(template["operation"], templatePath) };
}

/** The whole job. Rejects with a CommandError where a file of contact requests does not begin with one. */
export async function completeJob(given: GivenJob, source: RowSource): Promise<BackfillJob> {
  if (isTemplateJob(given)) return given;
  const { first } = await startOf(source, given);
  return { ...given, operation: operationOf(first?.["operation"], `The first request in ${source.name}`) };
}

const isTemplateJob = (given: GivenJob): given is TemplateJob => given.format.kind !== "requests";

async function startOf(source: RowSource, { format }: UnreadRequests) {
  try {
    return await inputStart(source.opener(), format);
  } catch (error) {
    if (error instanceof UnusableFile) throw new CommandError(`${source.name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function operationOf(written: unknown, where: string): Operation {
  const operation = OPERATIONS.find((each) => each === written);
  if (operation !== undefined) return operation;
  throw new CommandError(`${where} must have an operation, which is one of ${OPERATIONS.join(", ")}.`);
}
