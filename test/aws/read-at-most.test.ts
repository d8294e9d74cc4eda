import { describe, expect, test } from "@jest/globals";
import { readAtMost } from "#shared/aws/read-at-most.ts";

const LIMITS = { maxBytes: 10, idleMs: 60_000 };

/** A stream of chunks that never ends by itself, and what was taken from it. */
function endless(chunk: string) {
  const taken = { chunks: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        taken.chunks += 1;
        controller.enqueue(Buffer.from(chunk));
      },
      cancel: () => {
        taken.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken };
}

const streamOf = (...chunks: readonly string[]) => ReadableStream.from(chunks.map((chunk) => Buffer.from(chunk)));

describe("a stream is read", () => {
  test.each([
    ["nothing", [], ""],
    ["one chunk", ["abc"], "abc"],
    ["as many bytes as the limit", ["12345", "67890"], "1234567890"],
  ])("that holds %s", async (_what, chunks, text) => {
    const bytes = await readAtMost(streamOf(...chunks), LIMITS);
    expect(Buffer.from(bytes ?? []).toString()).toBe(text);
  });

  test("no further than one chunk behind the limit, and is ended there", async () => {
    const { stream, taken } = endless("1234");
    expect(await readAtMost(stream, LIMITS)).toBeUndefined();
    expect(taken).toEqual({ chunks: 3, isCancelled: true });
  });

  test("until it is silent for too long, and is ended then", async () => {
    let isCancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      cancel: () => {
        isCancelled = true;
      },
    });
    await expect(readAtMost(stream, { ...LIMITS, idleMs: 10 })).rejects.toThrow("silent");
    expect(isCancelled).toBe(true);
  });

  test("until it breaks", async () => {
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error("Broken.")) });
    await expect(readAtMost(stream, LIMITS)).rejects.toThrow("Broken.");
  });
});
