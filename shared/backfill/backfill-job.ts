import type { SendingHours } from "../contract/fields/sending-hours.ts";
import type { Operation } from "../contract/operation.ts";
import type { InputFormat } from "./input/input-format.ts";

/** A backfill: what its file is, and how each row of it becomes a contact request. */
export type BackfillJob = TemplateJob | RequestsJob;

interface AnyJob {
  /** Begins the requestId of every row, `<job>/<key>`; the `source` of requests whose template names none. */
  readonly job: string;
  readonly operation: Operation;
  /** The sending hours of requests that have none of their own. */
  readonly sendingHours?: SendingHours;
}

/** Rows, each of which is filled into a template. */
export interface TemplateJob extends AnyJob {
  readonly format: Exclude<InputFormat, { readonly kind: "requests" }>;
  /**
   * A contact request with `{{column}}` placeholders, and without a requestId. An empty cell is an empty text: no row can leave out a
   * member that the template has.
   */
  readonly template: unknown;
  readonly keyColumn: string;
}

/** Contact requests as they are: the key of each is its whole requestId, which stays. */
export interface RequestsJob extends AnyJob {
  readonly format: Extract<InputFormat, { readonly kind: "requests" }>;
}

export const isTemplateJob = (job: BackfillJob): job is TemplateJob => job.format.kind !== "requests";
