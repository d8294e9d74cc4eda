import { describe, expect, test } from "@jest/globals";
import { MAX_BYTES } from "#cli/sending/batch.ts";
import { PATIENCE } from "#cli/sending/patience.ts";
import { QueueSender } from "#cli/sending/queue-sender.ts";
import type { BatchQueue } from "#cli/sending/send-batch.ts";

function aSender() {
  const calls: number[] = [];
  const queue: BatchQueue = {
    sendBatch: async (messages) => {
      calls.push(messages.length);
      return messages.map(() => ({ kind: "sent", messageId: "m" }));
    },
  };
  return { sender: new QueueSender(queue, PATIENCE), calls };
}

describe("the sender of a queue", () => {
  test("waits until a batch is full, and sends the rest at the end", async () => {
    const { sender, calls } = aSender();

    const decided = [];
    for (let count = 0; count < 12; count += 1) decided.push((await sender.add({ body: "{}" })).length);
    const rest = await sender.flush();

    expect(decided).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0]);
    expect(rest).toHaveLength(2);
    expect(calls).toEqual([10, 2]);
  });

  test("says of a message over 1 MiB how large it is, and sends the others", async () => {
    const { sender, calls } = aSender();
    const large = { body: "é".repeat(MAX_BYTES / 2 + 1) };

    await sender.add({ body: "{}" });
    const [decided] = await sender.add(large);
    await sender.flush();

    expect(decided?.message).toBe(large);
    expect(decided?.answer).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining(`${MAX_BYTES + 2} bytes`),
    });
    expect(calls).toEqual([1]);
  });
});
