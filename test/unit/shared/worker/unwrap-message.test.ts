import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type ContactRequest, parseContactRequest } from "#shared/contract/contact-request.ts";
import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import type { Payloads } from "#shared/worker/ports/payloads.ts";
import { type Unwrapped, unwrapMessage } from "#shared/worker/unwrap-message.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { aWorker } from "#test/support/a-worker.ts";
import { parseLengths } from "#test/support/parse-lengths.ts";
import { aNotification, eventFor, MemoryPayloads } from "#test/support/wrappings.ts";

const IN_A_MINUTE = 60_000;

const tryToUnwrap = async (body: string, payloads: Payloads) => {
  const { worker, clock } = aWorker({ payloads });
  const begunAtMs = clock.now();
  const delivery = aDelivery({ body });
  return await unwrapMessage({ delivery, worker, begunAtMs, deadlineMs: begunAtMs + IN_A_MINUTE });
};

async function unwrap(body: string, payloads: Payloads = new MemoryPayloads()): Promise<Unwrapped> {
  const unwrapped = await tryToUnwrap(body, payloads);
  if (unwrapped === "no-room") throw new Error("There was no room for the payload.");
  return unwrapped;
}

const TEXT = 'A "quote", a \\ backslash,\nKäse 🧀';

const REQUESTS: readonly ContactRequest[] = [
  aTaskRequest({ input: { Name: TEXT, Attributes: { key: TEXT } } }),
  anEmailContactRequest({ source: "shop", input: { Description: TEXT } }),
  anOutboundEmailContactRequest({ expiresAt: "2026-12-01T09:00:00Z" }),
  aChatRequest({ input: { InitialSystemMessage: { ContentType: "text/plain", Content: TEXT } } }),
];

/** A notification, and a pointer to what is in it. */
type Wrapping = "notification" | "pointer";

interface Nesting {
  readonly request: ContactRequest;
  readonly asEvent: boolean;
  /** From the inside. */
  readonly wrappings: readonly Wrapping[];
}

const nesting: fc.Arbitrary<Nesting> = fc.record({
  request: fc.constantFrom(...REQUESTS),
  asEvent: fc.boolean(),
  wrappings: fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 5 }))
    .map(([notifications, pointerAt]) => {
      const all: Wrapping[] = Array.from({ length: notifications }, () => "notification");
      // Five is no place: then there is no pointer.
      return pointerAt > notifications ? all : all.toSpliced(pointerAt, 0, "pointer");
    }),
});

function wrapped({ request, asEvent, wrappings }: Nesting, payloads: MemoryPayloads): string {
  const inner = JSON.stringify(asEvent ? eventFor(request, { source: "a source that the contract refuses" }) : request);
  return wrappings.reduce(
    (text, wrapping) => (wrapping === "pointer" ? payloads.offload(text) : JSON.stringify(aNotification(text))),
    inner,
  );
}

test("a request is the same in whatever nesting of wrappings it comes", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(nesting, async (each) => {
      const payloads = new MemoryPayloads();
      const { message, isStored, release } = await unwrap(wrapped(each, payloads), payloads);
      expect(message).toEqual({ ok: true, value: each.request });
      expect(isStored).toBe(each.wrappings.includes("pointer"));
      expect(parseContactRequest(each.request)).toMatchObject({ ok: true });

      expect(payloads.releases).toBe(0);
      release();
      expect(payloads.releases).toBe(each.wrappings.includes("pointer") ? 1 : 0);
      seen.add(`${each.asEvent} ${each.wrappings.join(" ")}`);
    }),
    { seed: 20261120, numRuns: 500 },
  );
  // 0 to 4 notifications without a pointer, and with one at each place: twenty orders, around an event or not.
  expect(seen.size).toBe(40);
});

const notifications = (depth: number, text: string): string =>
  Array.from({ length: depth }).reduce<string>((inner) => JSON.stringify(aNotification(inner)), text);

describe("what nests without end is refused", () => {
  const body = JSON.stringify(aTaskRequest());

  test.each([
    [5, true],
    [6, false],
    [10, false],
  ])("%i notifications in one another: %s", async (depth, isTaken) => {
    const { message } = await unwrap(notifications(depth, body));
    expect(message).toMatchObject(isTaken ? { ok: true } : { error: { failure: { code: "NestedTooDeep" } } });
  });

  test.each([
    ["at once", (pointer: string) => pointer],
    ["in a notification", (pointer: string) => JSON.stringify(aNotification(pointer))],
  ])("a pointer behind a pointer %s, without another read", async (_where, around) => {
    const payloads = new MemoryPayloads();
    const { message } = await unwrap(payloads.offload(around(payloads.offload(body))), payloads);
    expect(message).toMatchObject({ ok: false, error: { failure: { code: "MalformedPointer", kind: "invalid" } } });
    expect(payloads.reads).toEqual(["payloads/1"]);
    expect(payloads.releases).toBe(1);
  });

  test("a payload of 30 MiB of notifications in one another is parsed once", async () => {
    const payloads = new MemoryPayloads();
    const text = notifications(2, "x".repeat(30_000_000));
    const pointer = payloads.offload(text);
    const { result, lengths } = await parseLengths(async () => await unwrap(pointer, payloads));
    expect(result.message).toMatchObject({ ok: false, error: { failure: { code: "MalformedNotification" } } });
    expect(lengths).toEqual([pointer.length, text.length]);
  });
});

describe("a payload", () => {
  test("that can never be had is a refusal, for its reason", async () => {
    const failure = { code: "PayloadNotFound", kind: "invalid", message: "It is gone." } as const;
    const payloads = { read: async () => ({ ok: false, error: failure }) as const };
    const { message, isStored } = await unwrap(pointerBody({ bucket: "b", key: "k" }), payloads);
    expect(isStored).toBe(true);
    expect(message).toEqual({ ok: false, error: { failure, identity: { requestId: null, source: null } } });
  });

  test("is waited for no longer than a slot could come", async () => {
    const waits: number[] = [];
    const payloads: Payloads = {
      read: async (_pointer, mostWaitMs) => {
        waits.push(mostWaitMs);
        return "no-room";
      },
    };
    const { callTimeoutMs, closingTimeMs } = aWorker().worker.settings;
    expect(await tryToUnwrap(pointerBody({ bucket: "b", key: "k" }), payloads)).toBe("no-room");
    expect(waits).toEqual([IN_A_MINUTE - callTimeoutMs - closingTimeMs]);
  });

  test("that cannot be had now is no answer", async () => {
    await expect(unwrap(pointerBody({ bucket: "b", key: "nothing" }))).rejects.toThrow("Nothing is stored");
  });

  test.each([
    ["no JSON", "{", "NotJson", "The payload behind the pointer is not JSON."],
    ["a list", "[]", "UnknownEnvelope", "The payload behind the pointer is a JSON list."],
    [
      "no JSON in a notification",
      JSON.stringify(aNotification("hello")),
      "NotJson",
      "The Message of the SNS notification",
    ],
  ])("that is %s is refused, and makes room", async (_what, text, code, saying) => {
    const payloads = new MemoryPayloads();
    const { message, release } = await unwrap(payloads.offload(text), payloads);
    expect(message).toMatchObject({ error: { failure: { code, message: expect.stringContaining(saying) } } });
    release();
    expect(payloads.releases).toBe(1);
  });
});
