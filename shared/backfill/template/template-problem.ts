/** Something wrong with a template, or with how it goes with the file: nothing is sent before it is mended. */
export interface TemplateProblem {
  readonly code:
    | "not-an-object"
    | "operation"
    | "request-id"
    | "unknown-column"
    | "unknown-key-column"
    | "placeholder"
    | "placeholder-in-key"
    | "reserved-key"
    | "sending-hours-twice";
  /** A sentence for people: the thing, the rule, the next step. */
  readonly message: string;
}
