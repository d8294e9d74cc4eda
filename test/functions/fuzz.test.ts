import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { eachRecord } from "#functions/runtime/each-record.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { aWorker } from "#test/support/a-worker.ts";
import { aContext, anSqsRecord } from "#test/support/an-sqs-record.ts";
import { placesOf, replacedAt } from "#test/support/places.ts";
import { someHands } from "#test/support/some-hands.ts";

const BATCHES = 1_000;
const BATCH = 10;

const GOOD = [aTaskRequest(), anEmailContactRequest(), anOutboundEmailContactRequest(), aChatRequest()];

const good = fc.constantFrom(...GOOD);

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, true, -1, 0, 1e308, Number.MAX_SAFE_INTEGER + 2, "", " ", "\u0000", "\ud800", [], {}),
  fc.string({ unit: "binary", maxLength: 2_000 }),
);

const wrongAtOnePlace = fc.tuple(good, fc.nat(), odd).map(([request, index, by]) => {
  const places = placesOf(request);
  return JSON.stringify(replacedAt(request, places[index % places.length] ?? [], by));
});

const withOneMemberMore = fc
  .tuple(good, fc.nat(), fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "Input", "é"), odd)
  .map(([request, index, name, value]) => {
    const places = placesOf(request).filter((path) => path.length < 3);
    const text = JSON.stringify(replacedAt(request, places[index % places.length] ?? [], "HERE"));
    return text.replace('"HERE"', `{${JSON.stringify(name)}:${JSON.stringify(value) ?? "null"}}`);
  });

const cut = fc.tuple(good, fc.nat()).map(([request, length]) => {
  const text = JSON.stringify(request);
  return text.slice(0, length % text.length);
});

const deep = fc
  .tuple(
    fc.constantFrom(["[", "]"], ['{"a":', "}"], ['{"ValueMap":{"k":', "}}"]),
    fc.integer({ min: 100, max: 20_000 }),
  )
  .chain(([[open = "", close = ""], depth]) =>
    good.map((request) => {
      const nest = open.repeat(depth) + (open === "[" ? "" : "1") + close.repeat(depth);
      return JSON.stringify(replacedAt(request, ["input", ...Object.keys(request.input).slice(0, 1)], "HERE")).replace(
        '"HERE"',
        nest,
      );
    }),
  );

const hugeNumber = fc
  .tuple(good, fc.integer({ min: 1, max: 5_000 }))
  .map(([request, digits]) => JSON.stringify({ ...request, requestId: "HERE" }).replace('"HERE"', "9".repeat(digits)));

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array).toString("latin1"));

const body = fc.oneof(
  { weight: 4, arbitrary: wrongAtOnePlace },
  { weight: 2, arbitrary: withOneMemberMore },
  { weight: 2, arbitrary: cut },
  { weight: 2, arbitrary: bytes },
  { weight: 1, arbitrary: fc.json({ maxDepth: 6 }) },
  { weight: 1, arbitrary: hugeNumber },
  { weight: 1, arbitrary: deep },
);

describe("10,000 arbitrary and mutated bodies", () => {
  test("never stop the worker: each ends as a contact or as a dead letter with its issues, and good records go through", async () => {
    const prototypeBefore = Object.getOwnPropertyNames(Object.prototype);
    let bodies = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: BATCH, maxLength: BATCH }), async (batch) => {
        const bench = aWorker();
        const handler = eachRecord(bench.worker, someHands());
        const all = [
          ...batch,
          JSON.stringify(aTaskRequest({ requestId: "the/good-one", input: { ClientToken: "the-good-one" } })),
        ];
        const Records = all.map((text, index) => anSqsRecord({ messageId: `message-${index}`, body: text }));

        expect(await handler({ Records }, aContext())).toEqual({ batchItemFailures: [] });

        expect(bench.calls.map(({ input }) => input.ClientToken)).toContain("the-good-one");
        expect(bench.letters.length + bench.calls.length).toBe(all.length);
        for (const { report } of bench.letters) {
          expect(report.contact).toBe("none");
          const { code, issues = [] } = report.failure;
          expect(["NotJson", "UnknownEnvelope", "ContractViolation", "WrongQueue", "InstanceNotServed"]).toContain(
            code,
          );
          expect(issues.length > 0).toBe(code === "ContractViolation");
        }
        bodies += batch.length;
      }),
      { seed: 20261120, numRuns: BATCHES, endOnFailure: true },
    );
    expect(bodies).toBe(BATCHES * BATCH);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototypeBefore);
  });
});
