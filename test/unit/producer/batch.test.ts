import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Batch, MAX_BYTES } from "#producer/batch.ts";
import { messageBytes, type OutgoingMessage } from "#producer/outgoing-message.ts";

function batchesOf(messages: readonly OutgoingMessage[]): (readonly OutgoingMessage[])[] {
  const batch = new Batch();
  const batches = messages.flatMap((message) => {
    const full = batch.add(message);
    return full === undefined ? [] : [full];
  });
  const rest = batch.take();
  return rest.length === 0 ? batches : [...batches, rest];
}

const ofBytes = (bytes: number): OutgoingMessage => ({ body: "x".repeat(bytes) });

describe("batches", () => {
  test("hold every message once, in order, at most ten and 1 MiB of them, and never none", () => {
    // One character of three bytes, so that counting characters would not do.
    const message = fc
      .oneof(fc.nat(2_000), fc.integer({ min: 50_000, max: Math.floor(MAX_BYTES / 3) }))
      .chain((characters) =>
        fc.constantFrom<OutgoingMessage>(
          { body: "€".repeat(characters) },
          { body: "€".repeat(characters), payloadBytes: 5_000_000 },
        ),
      )
      .filter((message) => messageBytes(message) <= MAX_BYTES);
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), (messages) => {
        const batches = batchesOf(messages);
        expect(batches.flat()).toEqual(messages);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(batch.reduce((sum, each) => sum + messageBytes(each), 0)).toBeLessThanOrEqual(MAX_BYTES);
        }
      }),
      { seed: 20261120, numRuns: 60 },
    );
  });

  test.each([
    ["ten small ones leave together", Array<number>(10).fill(10), [10]],
    ["the eleventh waits for the next", Array<number>(11).fill(10), [10, 1]],
    ["two that fill the batch to the byte leave together", [MAX_BYTES - 1, 1], [2]],
    ["one byte more parts them", [MAX_BYTES - 1, 2], [1, 1]],
    ["a message of 1 MiB goes alone", [1, MAX_BYTES, 1], [1, 1, 1]],
  ])("%s", (_name, sizes, lengths) => {
    expect(batchesOf(sizes.map(ofBytes)).map((batch) => batch.length)).toEqual(lengths);
  });

  test("count the name, the type and the value of an attribute", () => {
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
    const attributeBytes = "ExtendedPayloadSize".length + "Number".length + "1234567".length;
    const pointer = { ...ofBytes(100), payloadBytes: 1_234_567 };

    expect(messageBytes(pointer)).toBe(100 + attributeBytes);
    expect(batchesOf([ofBytes(MAX_BYTES - 100 - attributeBytes), pointer])).toHaveLength(1);
    expect(batchesOf([ofBytes(MAX_BYTES - 99 - attributeBytes), pointer])).toHaveLength(2);
  });
});
