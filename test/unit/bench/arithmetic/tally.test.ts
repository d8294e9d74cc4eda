import { describe, expect, test } from "@jest/globals";
import { costPerContact } from "#bench/arithmetic/cost-per-contact.ts";
import { type ServedRequest, tally } from "#bench/arithmetic/tally.ts";

const WINDOW = { fromMs: 1000, toMs: 2000 };

const served = (overrides: Partial<ServedRequest>): ServedRequest => ({
  service: "connect",
  action: "",
  caller: "worker",
  endedAtMs: 1500,
  status: 200,
  messages: 0,
  isFailedCondition: false,
  ...overrides,
});

const NOTHING = {
  calls: 0,
  throttled: 0,
  receives: 0,
  sqsRequests: 0,
  dynamoWrites: 0,
  failedConditions: 0,
  dynamoReads: 0,
};

const inDynamo = (action: string, overrides: Partial<ServedRequest> = {}) =>
  served({ service: "dynamodb", action, ...overrides });

describe("tally", () => {
  test.each([
    { what: "a call", request: served({}), counts: { calls: 1 } },
    { what: "a throttled call", request: served({ status: 429 }), counts: { calls: 1, throttled: 1 } },
    { what: "a call that was cut", request: served({ status: 0 }), counts: { calls: 1 } },
    {
      what: "a receive of ten",
      request: served({ service: "sqs", action: "ReceiveMessage", messages: 10 }),
      counts: { sqsRequests: 1, receives: 10 },
    },
    { what: "a delete", request: served({ service: "sqs", action: "DeleteMessageBatch" }), counts: { sqsRequests: 1 } },
    { what: "an update", request: inDynamo("UpdateItem"), counts: { dynamoWrites: 1 } },
    { what: "a put", request: inDynamo("PutItem"), counts: { dynamoWrites: 1 } },
    {
      what: "a write whose condition failed",
      request: inDynamo("UpdateItem", { status: 400, isFailedCondition: true }),
      counts: { dynamoWrites: 1, failedConditions: 1 },
    },
    { what: "a read", request: inDynamo("GetItem"), counts: { dynamoReads: 1 } },
    { what: "a request to S3", request: served({ service: "s3" }), counts: {} },
  ])("counts $what", ({ request, counts }) => {
    expect(tally([request], WINDOW)).toEqual({ ...NOTHING, ...counts });
  });

  test.each([
    { endedAtMs: 999, calls: 0 },
    { endedAtMs: 1000, calls: 1 },
    { endedAtMs: 1999, calls: 1 },
    { endedAtMs: 2000, calls: 0 },
  ])("counts $calls of a call that ended at $endedAtMs, for 1000 up to 2000", ({ endedAtMs, calls }) => {
    expect(tally([served({ endedAtMs })], WINDOW).calls).toBe(calls);
  });

  test.each(["BatchWriteItem", "TransactWriteItems"])("refuses to count %s as one write", (action) => {
    expect(() => tally([inDynamo(action)], WINDOW)).toThrow(action);
  });
});

describe("costPerContact", () => {
  const counts = { ...NOTHING, receives: 22, sqsRequests: 5, dynamoWrites: 44, failedConditions: 4, dynamoReads: 10 };

  test("divides what was asked of each service by the contacts", () => {
    expect(costPerContact(counts, 20)).toEqual({
      receivesPerContact: 1.1,
      sqsRequestsPerContact: 0.25,
      dynamoWritesPerContact: 2.2,
      failedConditionsPerContact: 0.2,
      dynamoReadsPerContact: 0.5,
    });
  });

  test("is unknown without contacts, and not zero", () => {
    expect(costPerContact(counts, 0).receivesPerContact).toBeNull();
  });
});
