/** Where calls arrive, and what the stack has there: all that a request leaves unsaid. */
export interface CallPlace {
  readonly region: string;
  readonly accountId: string;
  /** Whether a bucket holds an object at this moment. */
  readonly objectExists: (bucket: string, key: string) => boolean;
  /** The name of a table's partition key; undefined for a table that the stack has not made. */
  readonly partitionKeyOf: (tableArn: string) => string | undefined;
}
