/** Rows with a key that came before. */
export interface Duplicates {
  /** The rows behind the first of their key. */
  readonly rows: number;
  /** How many of them ask for something else than the first: which of them is sent is left to chance. */
  readonly differing: number;
  /** Of the first keys that come twice. Those whose rows differ are told before others. */
  readonly keys: readonly RepeatedKey[];
}

export interface RepeatedKey {
  readonly key: string;
  readonly firstLine: number;
  /** How many rows come behind the first. */
  readonly rows: number;
  /** How many of them ask for something else than the first. */
  readonly differing: number;
  /** Of the first of these rows. */
  readonly lines: readonly number[];
  /** Of the first of those that ask for something else. */
  readonly differingLines: readonly number[];
}
