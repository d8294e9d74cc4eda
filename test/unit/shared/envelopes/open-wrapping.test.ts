import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { openWrapping } from "#shared/envelopes/open-wrapping.ts";
import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aNotification, anEvent, eventFor } from "#test/support/wrappings.ts";

const MARKER = "zq7Xk";

const openText = (text: string) => openWrapping({ text, place: "The body" });
const open = (value: unknown) => openText(JSON.stringify(value));

const refusalOf = (text: string) => {
  const opened = openText(text);
  if (opened.ok) throw new Error("It was not refused.");
  return opened.error;
};

describe("what is under a wrapping", () => {
  const request = aTaskRequest({ source: "billing" });
  const POINTER = { bucket: "b", key: "payloads/a..b/.c" };

  test.each<[string, unknown, object]>([
    ["a request by itself", request, { kind: "request", request }],
    ["an object of no known shape is for the contract to judge", { a: 1 }, { kind: "request", request: { a: 1 } }],
    ["an event's request", eventFor(request), { kind: "request", request }],
    ["a notification's text", aNotification("anything"), { kind: "notification", text: "anything" }],
    [
      "a notification with nothing but what it needs",
      { Type: "Notification", Message: "" },
      { kind: "notification", text: "" },
    ],
    ["a pointer", JSON.parse(pointerBody(POINTER)), { kind: "pointer", pointer: POINTER }],
    [
      "a pointer of older writers",
      ["com.amazon.sqs.javamessaging.MessageS3Pointer", { s3Key: POINTER.key, s3BucketName: "b" }],
      { kind: "pointer", pointer: POINTER },
    ],
    [
      "a request with members of a wrapping, which the contract refuses",
      { ...request, "detail-type": "x", Type: "Notification", Message: "x", Records: [] },
      { kind: "request" },
    ],
  ])("%s", (_what, value, expected) => {
    expect(open(value)).toMatchObject({ ok: true, value: expected });
  });

  test("a pointer in any spacing", () => {
    const text = '[ "software.amazon.payloadoffloading.PayloadS3Pointer" ,\n {"s3BucketName" : "b", "s3Key" : "k"} ]';
    expect(openText(text)).toMatchObject({ ok: true, value: { kind: "pointer", pointer: { bucket: "b", key: "k" } } });
  });

  test("of a member that is written twice the last one counts, and is the one that is judged", () => {
    const twice = (first: string, last: string) =>
      `["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"b","s3Key":"${first}","s3Key":"${last}"}]`;
    expect(openText(twice("../a", "k"))).toMatchObject({ ok: true, value: { pointer: { key: "k" } } });
    expect(refusalOf(twice("k", "../a")).failure.code).toBe("MalformedPointer");
  });
});

describe("an event fills in what its request does not say", () => {
  const { operation: _operation, requestId: _requestId, ...bare } = aTaskRequest();

  test("operation, requestId and source", () => {
    expect(open(anEvent("CreateContact", bare))).toMatchObject({
      value: {
        request: {
          ...bare,
          operation: "CreateContact",
          requestId: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
          source: "com.example.billing",
        },
      },
    });
  });

  test("behind what it does say, whose positions stay as they were written", () => {
    const opened = open(anEvent("CreateContact", { unknown: 1, ...bare }));
    if (!opened.ok || opened.value.kind !== "request") throw new Error("It was refused.");
    expect(Object.keys(opened.value.request as object)).toEqual([
      "unknown",
      "input",
      "requestId",
      "source",
      "operation",
    ]);
  });

  test("and nothing that it does say, be it wrong", () => {
    const detail = { ...bare, requestId: null, source: 5 };
    expect(open(anEvent("CreateContact", detail))).toMatchObject({ value: { request: detail } });
  });

  test.each([
    ["with spaces", { id: "a b", source: "my app" }],
    ["too long", { id: "i".repeat(129), source: "s".repeat(101) }],
    ["of another type", { id: 5, source: {} }],
  ])("but no id and no source that the contract would refuse: %s", (_what, overrides) => {
    const opened = open(anEvent("CreateContact", bare, overrides));
    expect(opened).toEqual({ ok: true, value: { kind: "request", request: { ...bare, operation: "CreateContact" } } });
  });

  test("keeps members named __proto__ as they are, for the contract to refuse", () => {
    const opened = openText('{"detail-type":"CreateContact","detail":{"__proto__":{"requestId":"x"},"input":{}}}');
    if (!opened.ok || opened.value.kind !== "request") throw new Error("It was refused.");
    const { request } = opened.value;
    expect(Object.getPrototypeOf(request)).toBe(Object.prototype);
    expect(Object.keys(request as object)).toEqual(["__proto__", "input", "operation"]);
    expect((request as { requestId?: unknown }).requestId).toBeUndefined();
  });
});

const S3_NOTIFICATION = { Records: [{ eventSource: "aws:s3", s3: { object: { key: MARKER } } }] };
const SQS_RECORD = { messageId: "1", receiptHandle: "r", body: JSON.stringify(aTaskRequest()) };
const CLASS = "software.amazon.payloadoffloading.PayloadS3Pointer";

describe("a wrapping that cannot be opened is refused with what was seen, and never with a value", () => {
  test.each<[string, unknown, string, string]>([
    ["a list of requests", [{ [MARKER]: 1 }], "UnknownEnvelope", "The body is a JSON list."],
    ["a string", JSON.stringify(aTaskRequest()), "UnknownEnvelope", "The body is a JSON string"],
    ["a number", 5, "UnknownEnvelope", "The body is a JSON number."],
    ["true", true, "UnknownEnvelope", "The body is a JSON boolean."],
    ["null", null, "UnknownEnvelope", "The body is a JSON null."],
    ["an S3 notification", S3_NOTIFICATION, "UnknownEnvelope", "S3 sends its notifications"],
    [
      "S3's test",
      { Service: "Amazon S3", Event: "s3:TestEvent", Bucket: MARKER },
      "UnknownEnvelope",
      "test notification",
    ],
    [
      "CloudEvents",
      { specversion: "1.0", type: MARKER, source: "/", id: "1", data: {} },
      "UnknownEnvelope",
      "CloudEvents",
    ],
    ["a record of a pipe", SQS_RECORD, "UnknownEnvelope", "<$.body>"],
    [
      "a pipe's record in an event",
      anEvent("CreateContact", SQS_RECORD),
      "UnknownEnvelope",
      "detail of the EventBridge event is a received SQS",
    ],
    ["an alarm", { AlarmName: MARKER, NewStateValue: "ALARM" }, "UnknownEnvelope", "CloudWatch alarm"],
    ["half a pointer", { s3BucketName: MARKER, s3Key: MARKER }, "UnknownEnvelope", "without the class name"],
    [
      "a subscription",
      aNotification(MARKER, { Type: "SubscriptionConfirmation" }),
      "UnknownEnvelope",
      "SubscriptionConfirmation",
    ],
    [
      "an unsubscription",
      aNotification(MARKER, { Type: "UnsubscribeConfirmation" }),
      "UnknownEnvelope",
      "UnsubscribeConfirmation",
    ],
    [
      "an SNS body of another type",
      aNotification(JSON.stringify(aTaskRequest()), { Type: MARKER }),
      "UnknownEnvelope",
      "not Notification",
    ],
    [
      "an SNS body whose type is no text",
      aNotification("{}", { Type: ["Notification"] }),
      "UnknownEnvelope",
      "not Notification",
    ],
    ["a notification of an object", aNotification({ [MARKER]: 1 }), "MalformedNotification", "is not a text"],
    [
      "a notification of more than SNS carries",
      aNotification(MARKER.repeat(300_000)),
      "MalformedNotification",
      "1048576 characters",
    ],
    [
      "an event of another type",
      anEvent(MARKER, aTaskRequest()),
      "UnknownEnvelope",
      "detail-type is none of the operations",
    ],
    [
      "an event whose type is no text",
      anEvent(["CreateContact"], aTaskRequest()),
      "UnknownEnvelope",
      "detail-type is none",
    ],
    ["an event without a type", { detail: aTaskRequest() }, "UnknownEnvelope", "detail-type is none"],
    ["a schedule's own event", anEvent("Scheduled Event", {}), "UnknownEnvelope", "constant input"],
    [
      "an event in an event",
      anEvent("CreateContact", eventFor({ operation: "CreateContact" })),
      "UnknownEnvelope",
      "another EventBridge event",
    ],
    ["a notification in an event", anEvent("CreateContact", aNotification("{}")), "UnknownEnvelope", "an SNS message"],
    [
      "a detail of text",
      anEvent("CreateContact", JSON.stringify(aTaskRequest())),
      "MalformedEvent",
      "not a JSON object",
    ],
    ["a detail that is a list", anEvent("CreateContact", [MARKER]), "MalformedEvent", "not a JSON object"],
    ["an event without detail", { "detail-type": "CreateContact" }, "MalformedEvent", "not a JSON object"],
    [
      "two operations",
      anEvent("StartEmailContact", aTaskRequest()),
      "OperationDisagrees",
      "detail-type of the EventBridge event is StartEmailContact",
    ],
    [
      "an operation that is no text",
      anEvent("CreateContact", { operation: null }),
      "OperationDisagrees",
      "CreateContact",
    ],
    ["a pointer alone", [CLASS], "MalformedPointer", "list of two"],
    ["a pointer to two places", [CLASS, { s3BucketName: "b", s3Key: "k" }, {}], "MalformedPointer", "list of two"],
    ["a pointer to a text", [CLASS, MARKER], "MalformedPointer", "list of two"],
    ["a pointer whose bucket is no text", [CLASS, { s3BucketName: [MARKER], s3Key: "k" }], "MalformedPointer", "texts"],
    ["a pointer whose key is no text", [CLASS, { s3BucketName: "b", s3Key: 5 }], "MalformedPointer", "texts"],
    [
      "a pointer whose place is in a __proto__",
      JSON.parse(`["${CLASS}",{"__proto__":{"s3BucketName":"b","s3Key":"k"}}]`),
      "MalformedPointer",
      "texts",
    ],
    [
      "a pointer above its folder",
      [CLASS, { s3BucketName: "b", s3Key: `${MARKER}/../secret` }],
      "MalformedPointer",
      ". nor ..",
    ],
    ["a pointer to here", [CLASS, { s3BucketName: "b", s3Key: "./a" }], "MalformedPointer", ". nor .."],
    ["a pointer without a key", [CLASS, { s3BucketName: "b", s3Key: "" }], "MalformedPointer", "1 to 1,024 bytes"],
    [
      "a pointer with too long a key",
      [CLASS, { s3BucketName: "b", s3Key: "k".repeat(1_025) }],
      "MalformedPointer",
      "1,024",
    ],
    [
      "a pointer that no URL can name",
      [CLASS, { s3BucketName: "b", s3Key: "\ud800" }],
      "MalformedPointer",
      "same object",
    ],
  ])("%s", (_what, value, code, saying) => {
    const { failure } = refusalOf(JSON.stringify(value));
    expect(failure).toMatchObject({ code, kind: "invalid", message: expect.stringContaining(saying) });
    expect(failure.message).not.toContain(MARKER);
  });

  test("a text that is no JSON", () => {
    expect(refusalOf(`{"${MARKER}":`).failure).toEqual({
      code: "NotJson",
      kind: "invalid",
      message: "The body is not JSON. Send a contact request as one JSON object in UTF-8.",
    });
  });
});

describe("the identity of what is refused is legible where it is written", () => {
  test.each<[string, object, object]>([
    [
      "of a request under another detail-type",
      anEvent("StartEmailContact", aTaskRequest({ source: "billing" })),
      { requestId: "billing/order-4711-callback", source: "billing" },
    ],
    [
      "of an event of another type",
      anEvent("Object Created", { bucket: {} }),
      { requestId: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", source: "com.example.billing" },
    ],
    [
      "of an event whose detail is a text",
      anEvent("CreateContact", "{}"),
      { requestId: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", source: "com.example.billing" },
    ],
    [
      "but not of what holds other characters",
      anEvent("x", {}, { id: "a b", source: "Ada Lovelace" }),
      { requestId: null, source: null },
    ],
    ["nor of a list", [aTaskRequest()], { requestId: null, source: null }],
  ])("%s", (_whose, value, identity) => {
    expect(refusalOf(JSON.stringify(value)).identity).toEqual(identity);
  });
});

test("nothing makes it throw, and every answer is one of the known ones", () => {
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("Notification", CLASS, ...OPERATIONS));
  const object = fc.oneof(odd, fc.record({ operation: odd, s3BucketName: odd, s3Key: odd }, { requiredKeys: [] }));
  const envelope = fc.record({ Type: odd, Message: odd, TopicArn: odd }, { requiredKeys: [] });
  const event = fc.record({ "detail-type": odd, detail: object, id: odd, source: odd }, { requiredKeys: [] });
  const value = fc.oneof(object, envelope, event, fc.tuple(odd, object));
  const text = fc.oneof(
    { weight: 9, arbitrary: value.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  );
  const answers = fc.sample(text, { seed: 20261120, numRuns: 5_000 }).map((each) => {
    const opened = openText(each);
    return opened.ok ? opened.value.kind : opened.error.failure.code;
  });
  expect([...new Set(answers)].sort()).toEqual([
    "MalformedEvent",
    "MalformedNotification",
    "MalformedPointer",
    "NotJson",
    "OperationDisagrees",
    "UnknownEnvelope",
    "notification",
    "pointer",
    "request",
  ]);
});
