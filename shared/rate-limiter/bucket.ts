import type { Acceptances } from "./acceptances.ts";
import type { Pauses } from "./pauses.ts";
import type { SlowDown } from "./slow-down.ts";

/** The rate bucket of one Connect API, as all processes share it. Moments are milliseconds since the epoch. */
export interface Bucket {
  /** GCRA's theoretical arrival time: the position of the next slot that nobody has. */
  readonly theoreticalMs: number;
  /** Counts the slow-downs. Slots of an earlier epoch are not used any more. */
  readonly epoch: number;
  /** The last slow-down. */
  readonly slowed?: SlowDown;
  readonly pauses: Pauses;
  /** When this API last made a contact of each group of requests, as far as somebody has written it down here. */
  readonly acceptedAtMs: Acceptances;
  /** Counts the writes that are not plain reservations. 0: never written. */
  readonly version: number;
}

/** The bucket that nobody has drawn on: it is full. */
export const UNTOUCHED_BUCKET: Bucket = { theoreticalMs: 0, epoch: 0, pauses: {}, acceptedAtMs: {}, version: 0 };
