import type { PutEntry } from "./put-entry.ts";

/**
 * The bytes that EventBridge counts of an entry: 14 for a time, and the texts; not the bus.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevents-size
 */
export function entrySizeBytes({ Time, Source = "", DetailType = "", Detail = "", Resources }: PutEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}
