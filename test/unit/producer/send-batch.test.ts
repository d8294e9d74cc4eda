import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { OutgoingMessage } from "#producer/outgoing-message.ts";
import { type BatchQueue, type EntryAnswer, type Patience, sendBatch } from "#producer/send-batch.ts";

const SENT: EntryAnswer = { kind: "sent", messageId: "m" };
const FAILED: EntryAnswer = { kind: "failed", reason: "busy", isFinal: false };
const REFUSED: EntryAnswer = { kind: "failed", reason: "never", isFinal: true };

/** A queue that answers each body as its list says, call by call, and then always as at the end. */
function aQueue(script: Readonly<Record<string, readonly EntryAnswer[]>>) {
  const calls: string[][] = [];
  const asked = new Map<string, number>();
  const answer = ({ body }: OutgoingMessage): EntryAnswer => {
    const times = asked.get(body) ?? 0;
    asked.set(body, times + 1);
    return script[body]?.[times] ?? script[body]?.at(-1) ?? SENT;
  };
  const queue: BatchQueue = {
    sendBatch: async (messages) => {
      calls.push(messages.map(({ body }) => body));
      return messages.map(answer);
    },
  };
  return { queue, calls };
}

function patience(tries: number): { patience: Patience; waitedMs: number[] } {
  const waitedMs: number[] = [];
  const sleep = async (ms: number) => waitedMs.push(ms);
  return { waitedMs, patience: { tries, sleep, random: () => 1, backoff: { baseMs: 100, maxMs: 1_000 } } };
}

const { signal } = new AbortController();

const messages = (...bodies: string[]) => bodies.map((body) => ({ body }));

describe("sending a batch", () => {
  test("sends again exactly those that failed, until they are sent", async () => {
    const { queue, calls } = aQueue({ b: [FAILED, FAILED, SENT], d: [FAILED, SENT], e: [REFUSED] });

    const sent = await sendBatch(messages("a", "b", "c", "d", "e"), { queue, signal, ...patience(6) });

    expect(calls).toEqual([["a", "b", "c", "d", "e"], ["b", "d"], ["b"]]);
    expect(sent.map(({ kind }) => kind)).toEqual(["sent", "sent", "sent", "sent", "failed"]);
  });

  test("gives up after the last try, with the reason, and has waited longer each time", async () => {
    const { queue, calls } = aQueue({ a: [FAILED] });
    const given = patience(4);

    expect(await sendBatch(messages("a"), { queue, signal, ...given })).toEqual([FAILED]);

    expect(calls).toHaveLength(4);
    expect(given.waitedMs).toEqual([100, 200, 400]);
  });

  test("takes an answer that is missing for a failure", async () => {
    const queue: BatchQueue = { sendBatch: async () => [SENT] };

    const sent = await sendBatch(messages("a", "b"), { queue, signal, ...patience(1) });

    expect(sent.map(({ kind }) => kind)).toEqual(["sent", "failed"]);
  });

  test("tells messages with the same body apart", async () => {
    const { queue } = aQueue({ a: [SENT, FAILED, SENT] });
    const one = { body: "a" };

    expect(await sendBatch([one, one], { queue, signal, ...patience(6) })).toEqual([SENT, SENT]);
  });

  test("does not go on when it is ended in a pause, and says what it knows", async () => {
    const { queue, calls } = aQueue({ b: [FAILED] });
    const ending = new AbortController();
    const sleep = async () => {
      ending.abort();
      throw ending.signal.reason;
    };
    const options = { queue, signal: ending.signal, patience: { ...patience(6).patience, sleep } };

    expect(await sendBatch(messages("a", "b"), options)).toEqual([SENT, FAILED]);
    expect(calls).toEqual([["a", "b"]]);
  });

  test("calls nobody for no messages", async () => {
    const { queue, calls } = aQueue({});

    expect(await sendBatch([], { queue, signal, ...patience(6) })).toEqual([]);
    expect(calls).toEqual([]);
  });

  test("never sends again what was sent or refused, and never more than `tries` times", async () => {
    const script = fc.array(fc.constantFrom(SENT, FAILED, REFUSED), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(script, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 6 }),
        async (scripts, tries) => {
          const { queue, calls } = aQueue(Object.fromEntries(scripts.entries()));
          const sent = await sendBatch(messages(...Object.keys(scripts)), { queue, signal, ...patience(tries) });

          for (const [index, answers] of scripts.entries()) {
            const decidedAt = answers.findIndex((answer) => answer !== FAILED);
            const expectedCalls = decidedAt === -1 ? tries : Math.min(decidedAt + 1, tries);
            expect(calls.filter((call) => call.includes(String(index)))).toHaveLength(expectedCalls);
            expect(sent[index]).toBe(answers[Math.min(expectedCalls, answers.length) - 1]);
          }
        },
      ),
      { seed: 20261120 },
    );
  });
});
