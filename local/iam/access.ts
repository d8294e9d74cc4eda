/** What a request says about itself besides action and resource: condition key, in small letters, → its values. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** One thing that somebody asks for, in IAM's terms. A request may ask for several. */
export interface Access {
  /** `sqs:SendMessage` */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  readonly context: RequestContext;
}
