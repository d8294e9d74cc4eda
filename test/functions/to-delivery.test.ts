import { expect, test } from "@jest/globals";
import { toDelivery } from "#functions/runtime/to-delivery.ts";
import { anSqsRecord } from "#test/support/an-sqs-record.ts";

test("a record becomes a delivery with everything that its dead letter would need", () => {
  const record = anSqsRecord({
    body: "as it came",
    attributes: { ...anSqsRecord().attributes, ApproximateReceiveCount: "7", MessageGroupId: "billing" },
    messageAttributes: {
      text: { dataType: "String", stringValue: "é" },
      number: { dataType: "Number.int", stringValue: "7" },
      bytes: { dataType: "Binary", binaryValue: "AP8=" },
    },
  });
  expect(toDelivery(record)).toEqual({
    messageId: record.messageId,
    body: "as it came",
    messageAttributes: {
      text: { dataType: "String", stringValue: "é" },
      number: { dataType: "Number.int", stringValue: "7" },
      bytes: { dataType: "Binary", binaryValue: Buffer.from([0, 255]) },
    },
    groupId: "billing",
    queue: "contact-requests-CreateContact-live",
    lane: "live",
    sentAtMs: 1795176000000,
    firstReceivedAtMs: 1795176000000,
    receiveCount: 7,
  });
});
