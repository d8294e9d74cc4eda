import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { asPayloadPointer, pointerBody } from "#shared/envelopes/payload-pointer.ts";
import type { FailureReport } from "#shared/failures/failure-report.ts";
import { type DeadLetter, deadLetter } from "#shared/worker/dead-letter.ts";
import type { Delivery, MessageAttribute, MessageAttributes } from "#shared/worker/delivery.ts";
import { aDelivery } from "#test/support/a-delivery.ts";

const MIB = 1_048_576;
const BUCKET = "payloads";
const SEED = { seed: 20261120 };

const REPORT: FailureReport = {
  failure: { code: "Expired", kind: "expired", message: "Too late." },
  operation: "CreateContact",
  requestId: "a/1",
  source: null,
  queue: "contact-requests-CreateContact-live",
  attempts: 0,
  firstAttempt: null,
  contact: "none",
  doubtSince: null,
};

const text = (stringValue: string): MessageAttribute => ({ dataType: "String", stringValue });
const attributes = (count: number, value = "v"): MessageAttributes =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`attribute-${index}`, text(value)]));

const reasonOf = ({ messageAttributes }: DeadLetter) => {
  const attribute = messageAttributes["ContactRequestFailure"];
  return attribute !== undefined && "stringValue" in attribute ? JSON.parse(attribute.stringValue) : undefined;
};

/** What SQS counts, in this test's own words. */
const sizeOf = ({ body, messageAttributes }: DeadLetter) =>
  Object.entries(messageAttributes).reduce((sum, [name, attribute]) => {
    const value = "stringValue" in attribute ? Buffer.from(attribute.stringValue) : attribute.binaryValue;
    return sum + Buffer.byteLength(name) + Buffer.byteLength(attribute.dataType) + value.length;
  }, Buffer.byteLength(body));

describe("a dead letter", () => {
  test("is the message as it came, with the reason beside it", () => {
    const delivery = aDelivery({ body: '{ "a" :1}\n', groupId: "billing", messageAttributes: attributes(9) });
    const letter = deadLetter(delivery, REPORT, BUCKET);
    expect(letter).toMatchObject({ body: '{ "a" :1}\n', groupId: "billing", objects: [] });
    expect(letter.messageAttributes).toMatchObject(attributes(9));
    expect(reasonOf(letter)).toEqual({
      code: "Expired",
      kind: "expired",
      message: "Too late.",
      operation: "CreateContact",
      requestId: "a/1",
      source: null,
      queue: "contact-requests-CreateContact-live",
      attempts: 0,
      firstAttempt: null,
      contact: "none",
      doubtSince: null,
    });
  });

  test("has one reason, the newest, when a dead letter comes back and fails again", () => {
    const earlier = { ContactRequestFailure: text('{"code":"Older"}') };
    const letter = deadLetter(aDelivery({ messageAttributes: earlier }), REPORT, BUCKET);
    expect(reasonOf(letter).code).toBe("Expired");
  });

  test("leaves a body that does not fit in the payload bucket, behind a pointer that names its size", () => {
    const body = "é".repeat(MIB / 2);
    const letter = deadLetter(aDelivery({ body }), REPORT, BUCKET);
    const key = `dead-letters/${aDelivery().messageId}/body.json`;
    expect(asPayloadPointer(JSON.parse(letter.body))).toEqual({ bucket: BUCKET, key });
    expect(letter.messageAttributes["ExtendedPayloadSize"]).toEqual({ dataType: "Number", stringValue: String(MIB) });
    expect(letter.objects).toEqual([{ key, content: body, contentType: "application/json" }]);
  });

  test("leaves attributes that do not fit in the payload bucket, and says where", () => {
    const letter = deadLetter(aDelivery({ messageAttributes: attributes(10) }), REPORT, BUCKET);
    const key = `dead-letters/${aDelivery().messageId}/attributes.json`;
    expect(Object.keys(letter.messageAttributes)).toEqual(["ContactRequestFailure"]);
    expect(reasonOf(letter).attributesAt).toEqual({ bucket: BUCKET, key });
    expect(letter.objects.map((object) => [object.key, Object.keys(JSON.parse(object.content)).length])).toEqual([
      [key, 10],
    ]);
  });

  test("keeps a pointer and its size together, whatever else has to go", () => {
    const messageAttributes = { ...attributes(9), SQSLargePayloadSize: { dataType: "Number", stringValue: "5" } };
    const body = pointerBody({ bucket: BUCKET, key: "requests/1" });
    const letter = deadLetter(aDelivery({ body, messageAttributes }), REPORT, BUCKET);
    expect(letter.body).toBe(body);
    expect(Object.keys(letter.messageAttributes).sort()).toEqual(["ContactRequestFailure", "SQSLargePayloadSize"]);
  });

  test("still says where its attributes are after it came back and failed again", () => {
    const first = deadLetter(aDelivery({ messageAttributes: attributes(10) }), REPORT, BUCKET);
    const again = deadLetter(aDelivery({ messageAttributes: first.messageAttributes }), REPORT, BUCKET);
    expect(reasonOf(again).attributesAt).toEqual(reasonOf(first).attributesAt);
  });

  test("repeats nothing that an upstream has written where our reason stands", () => {
    const foreign = JSON.stringify({ attributesAt: { bucket: "evil", key: "SECRET".repeat(20_000) } });
    const forged = JSON.stringify({ attributesAt: { bucket: BUCKET, key: "SECRET/attributes.json" } });
    for (const reason of [foreign, forged]) {
      const letter = deadLetter(
        aDelivery({ messageAttributes: { ContactRequestFailure: text(reason) } }),
        REPORT,
        BUCKET,
      );
      expect(reasonOf(letter).attributesAt).toBeUndefined();
      expect(JSON.stringify(letter)).not.toContain("SECRET");
    }
  });

  test("names the first 20 issues, counts all, and stays below 16 KiB", () => {
    const issues = Array.from({ length: 400 }, (_, index) => ({
      path: `input.Attributes{${index}}.${"x".repeat(900)}`,
      code: "too-long" as const,
      message: "must be at most 10 characters long",
    }));
    const failure = { ...REPORT.failure, issues };
    const reason = reasonOf(deadLetter(aDelivery(), { ...REPORT, failure }, BUCKET));
    expect(reason.issueCount).toBe(400);
    expect(reason.issues.length).toBeGreaterThan(10);
    expect(Buffer.byteLength(JSON.stringify(reason))).toBeLessThanOrEqual(16_384);
    const few = reasonOf(
      deadLetter(aDelivery(), { ...REPORT, failure: { ...failure, issues: issues.slice(0, 3) } }, BUCKET),
    );
    expect([few.issues.length, few.issueCount]).toEqual([3, 3]);
  });

  test("always fits, and nothing of the message is lost", () => {
    // Anything that SQS lets in: at most ten attributes and 1 MiB in all.
    const delivery = fc
      .record({
        bodyBytes: fc.integer({ min: 1, max: MIB }),
        count: fc.integer({ min: 0, max: 10 }),
        attributeBytes: fc.integer({ min: 1, max: MIB }),
        claimsToBeAPointer: fc.boolean(),
      })
      .filter(({ bodyBytes, count, attributeBytes }) => bodyBytes + count * (attributeBytes + 20) <= MIB)
      .map(({ bodyBytes, count, attributeBytes, claimsToBeAPointer }): Delivery => {
        const own = attributes(count, "v".repeat(attributeBytes));
        const { "attribute-0": first, ...others } = own;
        const claiming = first === undefined ? own : { ...others, ExtendedPayloadSize: first };
        return aDelivery({ body: "b".repeat(bodyBytes), messageAttributes: claimsToBeAPointer ? claiming : own });
      });
    fc.assert(
      fc.property(delivery, (delivered) => {
        const letter = deadLetter(delivered, REPORT, BUCKET);
        expect(sizeOf(letter)).toBeLessThanOrEqual(MIB);
        expect(Object.keys(letter.messageAttributes).length).toBeLessThanOrEqual(10);
        const stored = letter.objects.map(({ content }) => content).join("");
        expect(letter.body === delivered.body || stored.includes(delivered.body)).toBe(true);
        for (const name of Object.keys(delivered.messageAttributes)) {
          expect(name in letter.messageAttributes || stored.includes(`"${name}":`)).toBe(true);
        }
      }),
      { ...SEED, numRuns: 60 },
    );
  });
});
