import type { OutcomeEntry } from "./outcome-entry.ts";

const MAX_ENTRIES = 10;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const MAX_BYTES = 1_000_000;

/** What EventBridge counts for the time of an event. */
const TIME_BYTES = 14;

interface Waiting {
  readonly entry: OutcomeEntry;
}

/** The first of those that wait, as many as one PutEvents takes and at least one. */
export function nextBatch<Each extends Waiting>(waiting: readonly Each[]): readonly Each[] {
  let bytes = 0;
  const end = waiting.findIndex(({ entry }, index) => {
    bytes += bytesOf(entry);
    return index === MAX_ENTRIES || (index > 0 && bytes > MAX_BYTES);
  });
  return end === -1 ? waiting : waiting.slice(0, end);
}

const bytesOf = ({ Source, DetailType, Detail }: OutcomeEntry): number =>
  TIME_BYTES + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
