import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_BYTES } from "#producer/batch.ts";
import { PATIENCE } from "#producer/patience.ts";
import type { PayloadStore } from "#producer/payload-store.ts";
import type { BatchQueue, EntryAnswer } from "#producer/send-batch.ts";
import { type Assignment, type Sending, SendRun, type SendRunOptions } from "#producer/send-run.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import type { PayloadPointer } from "#shared/envelopes/payload-pointer.ts";

type Decided = { readonly kind: "refused" };
type Given = Assignment<number, Decided>;

const SENT: EntryAnswer = { kind: "sent", messageId: "m" };
const REFUSED: Decided = { kind: "refused" };

const task = (tag: number, body = `${tag}`): Given => ({ tag, operation: "CreateContact", message: { body } });

/** Queues that take everything, after some turns of the event loop. */
function someQueues(turns: (operation: Operation) => number = () => 1) {
  const calls: { readonly operation: Operation; readonly bodies: readonly string[] }[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const queueOf = (operation: Operation): BatchQueue => ({
    sendBatch: async (messages) => {
      calls.push({ operation, bodies: messages.map(({ body }) => body) });
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      for (let turn = turns(operation); turn > 0; turn -= 1) await new Promise(setImmediate);
      underWay -= 1;
      return messages.map(() => SENT);
    },
  });
  return { queueOf, calls, mostUnderWay: () => mostUnderWay };
}

const aRun = (options: Pick<SendRunOptions, "queueOf"> & Partial<SendRunOptions>) =>
  new SendRun<number, Decided>({ patience: PATIENCE, ...options });

async function* from(given: Iterable<Given>): AsyncGenerator<Given> {
  yield* given;
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

function heldBytes(): number {
  if (typeof collectGarbage === "function") collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function gathered(outcomes: AsyncIterable<Sending<number, Decided>>) {
  const gathered: Sending<number, Decided>[] = [];
  for await (const outcome of outcomes) gathered.push(outcome);
  return gathered;
}

describe("a run of sending", () => {
  test("answers everything it reads, once and in order, and sends every message once to its own queue", async () => {
    const one = fc.oneof(
      { weight: 6, arbitrary: fc.record({ operation: fc.constantFrom(...OPERATIONS), large: fc.boolean() }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (kinds, readAhead, parallelBatches) => {
          const given = kinds.map(
            (kind, tag): Given =>
              kind === undefined
                ? { tag, decided: REFUSED }
                : { tag, operation: kind.operation, message: { body: `${tag}`.padEnd(kind.large ? 400_000 : 1) } },
          );
          const queues = someQueues((operation) => OPERATIONS.indexOf(operation));

          const run = aRun({ queueOf: queues.queueOf, readAhead, parallelBatches });
          const outcomes = await gathered(run.outcomes(from(given)));

          expect(outcomes).toEqual(
            given.map((each) => ({ tag: each.tag, answer: "decided" in each ? REFUSED : SENT })),
          );
          expect(queues.mostUnderWay()).toBeLessThanOrEqual(parallelBatches);
          for (const operation of OPERATIONS) {
            const bodies = queues.calls.flatMap((call) => (call.operation === operation ? call.bodies : []));
            expect(bodies.map(Number)).toEqual(
              given.flatMap((each) => ("operation" in each && each.operation === operation ? [each.tag] : [])),
            );
          }
          for (const { bodies } of queues.calls) {
            expect(bodies.length).toBeLessThanOrEqual(10);
            expect(bodies.reduce((sum, body) => sum + body.length, 0)).toBeLessThanOrEqual(MAX_BYTES);
          }
        },
      ),
      { seed: 20261120, numRuns: 100 },
    );
  });

  test("fills its batches where the source gives enough", async () => {
    const { queueOf, calls } = someQueues();
    await gathered(
      aRun({ queueOf, parallelBatches: 4 }).outcomes(from(Array.from({ length: 95 }, (_, tag) => task(tag)))),
    );

    expect(calls.map(({ bodies }) => bodies.length)).toEqual([...Array<number>(9).fill(10), 5]);
  });

  test.each([
    ["for queues that answer at once", 0, 7],
    ["for queues that are slow", 20, 7],
    ["for a window that is smaller than a batch", 1, 1],
  ])("reads no further ahead than it may of a source without end, %s", async (_name, turns, readAhead) => {
    let read = 0;
    let given = 0;
    let furthest = 0;
    async function* endless(): AsyncGenerator<Given> {
      for (;;) {
        read += 1;
        furthest = Math.max(furthest, read - given);
        yield task(read);
      }
    }
    const { queueOf } = someQueues(() => turns);

    for await (const { tag } of aRun({ queueOf, readAhead, parallelBatches: 3 }).outcomes(endless())) {
      given += 1;
      expect(tag).toBe(given);
      if (given === 500) break;
    }

    expect(furthest).toBeLessThanOrEqual(readAhead + 1);
    expect(furthest).toBeGreaterThanOrEqual(readAhead);
  });

  test("holds no body of a message that is answered, though its outcome waits for that of another", async () => {
    const megabytes = 60;
    let answered = 0;
    const queueOf = (operation: Operation): BatchQueue => ({
      sendBatch: async (messages) => {
        if (operation === "StartEmailContact") await new Promise(() => undefined);
        answered += messages.length;
        return messages.map(() => SENT);
      },
    });
    async function* large(): AsyncGenerator<Given> {
      yield { tag: 0, operation: "StartEmailContact", message: { body: "{}" } };
      for (let tag = 1; tag <= megabytes; tag += 1) yield task(tag, Buffer.alloc(1_000_000, tag).toString("latin1"));
    }
    const heldBefore = heldBytes();
    const outcomes = aRun({ queueOf, readAhead: megabytes + 1, parallelBatches: 2 }).outcomes(large());
    void outcomes.next();
    while (answered < megabytes - 1) await new Promise(setImmediate);

    expect(heldBytes() - heldBefore).toBeLessThan(10_000_000);
  });

  test("sends what it has while its source gives nothing", async () => {
    const { queueOf, calls } = someQueues();
    async function* slow(): AsyncGenerator<Given> {
      yield task(0);
      yield task(1);
      await new Promise(() => undefined);
    }
    const outcomes = aRun({ queueOf, lingerMs: 1 }).outcomes(slow());

    expect([(await outcomes.next()).value, (await outcomes.next()).value]).toMatchObject([{ tag: 0 }, { tag: 1 }]);
    expect(calls).toHaveLength(1);
    await outcomes.return();
  });

  test("goes on with other batches while one of them has to be sent again", async () => {
    const resent = Promise.withResolvers<void>();
    let busy = true;
    const bodies: string[][] = [];
    const queueOf = (): BatchQueue => ({
      sendBatch: async (messages) => {
        bodies.push(messages.map(({ body }) => body));
        const isBusy = busy;
        busy = false;
        return messages.map(() => (isBusy ? { kind: "failed", reason: "busy", isFinal: false } : SENT));
      },
    });
    const patience = { ...PATIENCE, sleep: async () => resent.promise };
    const outcomes = gathered(
      aRun({ queueOf, patience, parallelBatches: 2 }).outcomes(from(Array.from({ length: 20 }, (_, tag) => task(tag)))),
    );
    while (bodies.length < 2) await new Promise(setImmediate);
    resent.resolve();

    expect((await outcomes).map(({ tag, answer }) => [tag, answer.kind])).toEqual(
      Array.from({ length: 20 }, (_, tag) => [tag, "sent"]),
    );
    expect(bodies.map(([first]) => first)).toEqual(["0", "10", "0"]);
  });

  test("throws what its source throws, after the outcomes of all that it gave before", async () => {
    const { queueOf } = someQueues();
    async function* broken(): AsyncGenerator<Given> {
      yield task(0);
      yield task(1);
      throw new Error("the disk is gone");
    }
    const outcomes: number[] = [];
    const reading = (async () => {
      for await (const { tag, answer } of aRun({ queueOf }).outcomes(broken())) {
        expect(answer).toBe(SENT);
        outcomes.push(tag);
      }
    })();

    await expect(reading).rejects.toThrow("the disk is gone");
    expect(outcomes).toEqual([0, 1]);
  });

  test("closes its source when the reader leaves, and sends nothing more", async () => {
    const { queueOf, calls } = someQueues();
    let isClosed = false;
    async function* endless(): AsyncGenerator<Given> {
      try {
        for (let tag = 0; ; tag += 1) yield task(tag);
      } finally {
        isClosed = true;
      }
    }
    for await (const { tag } of aRun({ queueOf, readAhead: 15 }).outcomes(endless())) if (tag === 12) break;
    const sent = calls.length;
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);

    expect(isClosed).toBe(true);
    expect(calls).toHaveLength(sent);
  });

  test("ends what is under way when the reader leaves", async () => {
    const signals: AbortSignal[] = [];
    const isSecondUnderWay = Promise.withResolvers<void>();
    const queueOf = (): BatchQueue => ({
      sendBatch: async (messages, signal) => {
        signals.push(signal);
        if (signals.length > 1) {
          isSecondUnderWay.resolve();
          await new Promise(() => undefined);
        }
        await isSecondUnderWay.promise;
        return messages.map(() => SENT);
      },
    });
    const given = Array.from({ length: 30 }, (_, tag) => task(tag));
    for await (const { tag } of aRun({ queueOf, parallelBatches: 2 }).outcomes(from(given))) {
      expect(signals.map(({ aborted }) => aborted)).not.toContain(true);
      if (tag === 9) break;
    }

    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test("throws what a queue throws, which is a bug, and leaves no request without an answer", async () => {
    const queueOf = (): BatchQueue => ({ sendBatch: async () => Promise.reject(new TypeError("a bug")) });
    const outcomes: string[] = [];
    const reading = (async () => {
      const run = aRun({ queueOf }).outcomes(from([task(0), task(1)]));
      for await (const { answer } of run) outcomes.push(answer.kind);
    })();

    await expect(reading).rejects.toThrow("a bug");
    expect(outcomes).toEqual(["failed", "failed"]);
  });
});

describe("a run that is aborted", () => {
  const hanging = (isCalled: () => void) => (): BatchQueue => ({
    sendBatch: async (messages, signal) => {
      isCalled();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () =>
          resolve(messages.map(() => ({ kind: "failed", reason: "aborted", isFinal: false }))),
        );
      });
    },
  });

  test("answers everything it has read, and then throws the signal's reason", async () => {
    const ending = new AbortController();
    const called = Promise.withResolvers<void>();
    let read = 0;
    async function* endless(): AsyncGenerator<Given> {
      for (;;) {
        yield task(read);
        read += 1;
      }
    }
    const outcomes: Sending<number, Decided>[] = [];
    const run = aRun({ queueOf: hanging(called.resolve), parallelBatches: 2, readAhead: 17, signal: ending.signal });
    const reading = (async () => {
      for await (const outcome of run.outcomes(endless())) outcomes.push(outcome);
    })();
    await called.promise;
    while (read < 16) await new Promise(setImmediate);
    ending.abort(new Error("shutting down"));

    await expect(reading).rejects.toThrow("shutting down");
    expect(outcomes.map(({ tag }) => tag)).toEqual(Array.from({ length: 17 }, (_, tag) => tag));
    expect(new Set(outcomes.map(({ answer }) => answer.kind))).toEqual(new Set(["failed"]));
  });

  test("does not wait for a source that gives nothing", async () => {
    const ending = new AbortController();
    const { queueOf } = someQueues();
    async function* silent(): AsyncGenerator<Given> {
      await new Promise(() => undefined);
      yield task(0);
    }
    const reading = gathered(aRun({ queueOf, signal: ending.signal }).outcomes(silent()));
    await new Promise(setImmediate);
    ending.abort(new Error("shutting down"));

    await expect(reading).rejects.toThrow("shutting down");
  });

  test("ends a pause before another try", async () => {
    const ending = new AbortController();
    const queueOf = (): BatchQueue => ({
      sendBatch: async (messages) => {
        setImmediate(() => ending.abort(new Error("shutting down")));
        return messages.map(() => ({ kind: "failed", reason: "busy", isFinal: false }));
      },
    });
    const patience = { ...PATIENCE, backoff: { baseMs: 3_600_000, maxMs: 3_600_000 }, random: () => 0.99 };
    const reading = gathered(aRun({ queueOf, patience, signal: ending.signal }).outcomes(from([task(0)])));

    await expect(reading).rejects.toThrow("shutting down");
  });

  test("reads nothing at all when it was aborted before", async () => {
    const { queueOf } = someQueues();
    let isRead = false;
    async function* watched(): AsyncGenerator<Given> {
      isRead = true;
      yield task(0);
    }
    const reading = gathered(aRun({ queueOf, signal: AbortSignal.abort(new Error("too late")) }).outcomes(watched()));

    await expect(reading).rejects.toThrow("too late");
    expect(isRead).toBe(false);
  });
});

describe("a message that is too large for SQS", () => {
  const large = "é".repeat(MAX_BYTES / 2 + 1);

  function aStore() {
    const stored: string[] = [];
    const payloads: PayloadStore = {
      put: async (body) => {
        stored.push(body);
        return { bucket: "payloads", key: `payloads/${stored.length}` };
      },
    };
    return { payloads, stored };
  }

  test("is stored, and a pointer of the Extended Client takes its place", async () => {
    const { payloads, stored } = aStore();
    const messages: object[] = [];
    const queueOf = (): BatchQueue => ({
      sendBatch: async (batch) => {
        messages.push(...batch);
        return batch.map(() => SENT);
      },
    });
    const outcomes = await gathered(aRun({ queueOf, payloads }).outcomes(from([task(0), task(1, large), task(2)])));

    expect(outcomes.map(({ answer }) => answer)).toEqual([SENT, SENT, SENT]);
    expect(stored).toEqual([large]);
    const pointer =
      '["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"payloads","s3Key":"payloads/1"}]';
    expect(messages).toMatchObject([{ body: "0" }, { body: pointer, payloadBytes: MAX_BYTES + 2 }, { body: "2" }]);
  });

  test.each([
    ["is not stored while it fits to the byte", MAX_BYTES, undefined, 0],
    ["is stored from one byte more", MAX_BYTES + 1, undefined, 1],
    ["is what the threshold says", 101, 100, 1],
    ["is not what the threshold allows", 100, 100, 0],
  ])("%s", async (_name, bytes, offloadAboveBytes, storedCount) => {
    const { payloads, stored } = aStore();
    const { queueOf } = someQueues();
    const options = offloadAboveBytes === undefined ? {} : { offloadAboveBytes };
    await gathered(aRun({ queueOf, payloads, ...options }).outcomes(from([task(0, "x".repeat(bytes))])));

    expect(stored).toHaveLength(storedCount);
  });

  test("fails with its size and what to do where there is no payload bucket, and the others are sent", async () => {
    const { queueOf, calls } = someQueues();
    const outcomes = await gathered(aRun({ queueOf }).outcomes(from([task(0), task(1, large), task(2)])));

    expect(outcomes.map(({ answer }) => answer.kind)).toEqual(["sent", "failed", "sent"]);
    expect(outcomes[1]?.answer).toMatchObject({
      isFinal: true,
      reason: expect.stringMatching(`^it has ${MAX_BYTES + 2} bytes, .*1 MiB.*payloadBucket`),
    });
    expect(calls.flatMap(({ bodies }) => bodies)).toEqual(["0", "2"]);
  });

  test("fails with the reason when it cannot be stored, and the others are sent", async () => {
    const { queueOf } = someQueues();
    const put = async () => Promise.reject(Object.assign(new Error("no\nsuch bucket"), { name: "NoSuchBucket" }));
    const outcomes = await gathered(
      aRun({ queueOf, payloads: { put } }).outcomes(from([task(0), task(1, large), task(2)])),
    );

    expect(outcomes.map(({ answer }) => answer.kind)).toEqual(["sent", "failed", "sent"]);
    expect(outcomes[1]?.answer).toMatchObject({ reason: expect.stringContaining("NoSuchBucket: no such bucket") });
  });

  test.each<[string, (resolve: (place: PayloadPointer) => void, reject: (reason: unknown) => void) => void]>([
    ["ends its upload", (_resolve, reject) => reject(new Error("aborted"))],
    ["is not sent, though its upload goes on to its end,", (resolve) => resolve({ bucket: "b", key: "k" })],
  ])("%s when the run is aborted", async (_name, onAbort) => {
    const ending = new AbortController();
    const { queueOf, calls } = someQueues();
    const put: PayloadStore["put"] = async (_body, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => onAbort(resolve, reject));
        ending.abort(new Error("shutting down"));
      });
    const outcomes: string[] = [];
    const reading = (async () => {
      const run = aRun({ queueOf, payloads: { put }, signal: ending.signal });
      for await (const { answer } of run.outcomes(from([task(1, large)]))) outcomes.push(answer.kind);
    })();

    await expect(reading).rejects.toThrow("shutting down");
    expect(outcomes).toEqual(["failed"]);
    expect(calls).toEqual([]);
  });
});
