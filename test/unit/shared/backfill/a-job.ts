import type { RequestsJob, TemplateJob } from "#shared/backfill/backfill-job.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";

/** A template for a task, with a name from the column `name`. */
export const aTaskTemplate = (input: object = { Name: "{{name}}" }): Record<string, unknown> => {
  const { requestId: _ownOfEachRow, ...template } = aTaskRequest();
  return { ...template, input: { ...template.input, ...input } };
};

/** A CSV of tasks, with the key in the column `id`. */
export const aCsvJob = (overrides: Partial<TemplateJob> = {}): TemplateJob => ({
  job: "spring",
  operation: "CreateContact",
  format: { kind: "csv", delimiter: "," },
  template: aTaskTemplate(),
  keyColumn: "id",
  ...overrides,
});

export const aRequestsJob = (overrides: Partial<RequestsJob> = {}): RequestsJob => ({
  job: "spring",
  operation: "CreateContact",
  format: { kind: "requests" },
  ...overrides,
});
