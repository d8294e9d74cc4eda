import { Logger } from "@aws-lambda-powertools/logger";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { eachRecord } from "#functions/runtime/each-record.ts";
import { LoggerJournal } from "#functions/runtime/logger-journal.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { deadLetter } from "#shared/worker/dead-letter.ts";
import type { CallAnswer } from "#shared/worker/ports/connect.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { aWorker, refusal, STARTED, type WorkerOnTheBench } from "#test/support/a-worker.ts";
import { aContext, anSqsRecord } from "#test/support/an-sqs-record.ts";
import { placesOf, replacedAt } from "#test/support/places.ts";
import { someHands } from "#test/support/some-hands.ts";
import { aNotification, anEvent } from "#test/support/wrappings.ts";

/** Stands for whatever an upstream may write. No word of ours or of AWS's contains it. */
const MARKER = "zq7Xk";

const REFERENCES = { [`${MARKER}reference`]: { Type: "STRING", Value: MARKER } } as const;
const SEGMENT_ATTRIBUTES = { [`${MARKER}segment`]: { ValueMap: { [`${MARKER}inner`]: { ValueString: MARKER } } } };
const ATTRIBUTES = { [`${MARKER}key`]: MARKER };
const ADDRESS = { EmailAddress: `${MARKER}@example.com`, DisplayName: MARKER };

/** Requests with the marker in every member and map key that takes free text. */
const MARKED: readonly ContactRequest[] = [
  aTaskRequest({
    input: {
      ClientToken: MARKER,
      RelatedContactId: MARKER,
      Attributes: ATTRIBUTES,
      References: REFERENCES,
      UserInfo: { UserId: MARKER },
      Name: MARKER,
      Description: MARKER,
      SegmentAttributes: SEGMENT_ATTRIBUTES,
    },
  }),
  anEmailContactRequest({
    input: {
      FromEmailAddress: ADDRESS,
      DestinationEmailAddress: ADDRESS.EmailAddress,
      Description: MARKER,
      References: REFERENCES,
      Name: MARKER,
      EmailMessage: {
        MessageSourceType: "RAW",
        RawMessage: { Subject: MARKER, Body: MARKER, ContentType: "text/plain", Headers: { MESSAGE_ID: MARKER } },
      },
      AdditionalRecipients: { ToAddresses: [ADDRESS], CcAddresses: [ADDRESS] },
      Attachments: [{ FileName: MARKER, S3Url: `https://example.com/${MARKER}` }],
      ContactFlowId: MARKER,
      RelatedContactId: MARKER,
      Attributes: ATTRIBUTES,
      SegmentAttributes: SEGMENT_ATTRIBUTES,
      ClientToken: MARKER,
    },
  }),
  anOutboundEmailContactRequest({
    input: {
      ContactId: MARKER,
      FromEmailAddress: ADDRESS,
      DestinationEmailAddress: ADDRESS,
      AdditionalRecipients: { CcEmailAddresses: [ADDRESS] },
      EmailMessage: {
        MessageSourceType: "TEMPLATE",
        TemplatedMessageConfig: {
          KnowledgeBaseId: MARKER,
          MessageTemplateId: MARKER,
          TemplateAttributes: { CustomAttributes: ATTRIBUTES, CustomerProfileAttributes: MARKER },
        },
      },
      ClientToken: MARKER,
    },
  }),
  aChatRequest({
    input: {
      Attributes: ATTRIBUTES,
      ContactFlowId: MARKER,
      ParticipantDetails: { DisplayName: MARKER },
      InitialSystemMessage: { ContentType: "text/plain", Content: MARKER },
      RelatedContactId: MARKER,
      ClientToken: MARKER,
    },
  }),
];

/** The request broken at each of its places in turn, with the marker where it breaks: as text, list, member and key. */
const broken = (request: ContactRequest): unknown[] =>
  placesOf(request).flatMap((path) =>
    [`${MARKER} ${MARKER}`, [MARKER], { [MARKER]: MARKER }, `${MARKER}${"x".repeat(40_000)}`].map((by) =>
      replacedAt(request, path, by),
    ),
  );

/** By itself, and in each wrapping: those that are right, and those that are wrong in a way that shows what is in them. */
const inWrappings = (value: unknown): string[] =>
  [
    value,
    anEvent("CreateContact", value),
    anEvent(MARKER, value, { id: `${MARKER} ${MARKER}`, source: [MARKER] }),
    aNotification(JSON.stringify(value)),
    aNotification(value),
    aNotification(JSON.stringify(value), { Type: MARKER, Subject: MARKER }),
    ["software.amazon.payloadoffloading.PayloadS3Pointer", value],
    [value],
  ].map((wrapped) => JSON.stringify(wrapped));

const QUOTING: readonly CallAnswer[] = [
  STARTED,
  refusal("InvalidRequestException", 400, {
    text: `Invalid value ${MARKER}@example.com for Attributes.${MARKER}key, "${MARKER}"`,
  }),
  refusal("IdempotencyException", 409, { text: MARKER }),
  refusal("AccessDeniedException", 403, { text: MARKER }),
  refusal("ECONNRESET", undefined, { text: MARKER }),
  refusal("ThrottlingException", 429, { text: MARKER }),
];

let printed: string[];
const keep = (chunk: unknown) => {
  printed.push(String(chunk));
  return true;
};

beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, "write").mockImplementation(keep);
  jest.spyOn(process.stderr, "write").mockImplementation(keep);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** What the upstream of each body, or whoever looks at its dead letter, is told. */
async function reasonsFor(bodies: readonly string[], answer: CallAnswer): Promise<string[]> {
  const reasons: string[] = [];
  for (const operation of [
    "CreateContact",
    "StartEmailContact",
    "StartOutboundEmailContact",
    "StartOutboundChatContact",
  ] as const) {
    const bench: WorkerOnTheBench = aWorker({
      operation,
      answers: [answer],
      journal: new LoggerJournal(new Logger({ serviceName: "contact-requests" })),
    });
    const handler = eachRecord(
      bench.worker,
      someHands({ visibility: { showAfter: () => Promise.reject(new Error(MARKER)) } }),
    );
    await handler({ Records: bodies.map((body, index) => anSqsRecord({ messageId: `m-${index}`, body })) }, aContext());
    for (const { delivery, report } of bench.letters) {
      const reason = deadLetter(delivery, report, "payloads").messageAttributes["ContactRequestFailure"];
      if (reason !== undefined && "stringValue" in reason) reasons.push(reason.stringValue);
    }
    reasons.push(...bench.outcomes.map((outcome) => JSON.stringify(outcome)));
  }
  return reasons;
}

describe("neither the log nor the reason of a dead letter nor an outcome event holds anything of a request", () => {
  test("the marked requests fulfil the contract, so that they are really sent", () => {
    expect(MARKED.map((request) => parseContactRequest(request))).toEqual(MARKED.map((value) => ({ ok: true, value })));
  });

  test.each(QUOTING.map((answer) => [answer.kind === "failed" ? answer.failure.name : "a contact", answer] as const))(
    "when Connect answers with %s",
    async (_name, answer) => {
      const reasons = await reasonsFor(
        MARKED.map((request) => JSON.stringify(request)),
        answer,
      );
      expect(reasons.length).toBeGreaterThan(0);
      expect(printed.length).toBeGreaterThan(MARKED.length);
      expect(reasons.filter((reason) => reason.includes(MARKER))).toEqual([]);
      expect(printed.filter((line) => line.includes(MARKER))).toEqual([]);
    },
  );

  test.each(MARKED.map((request) => [request.operation, request] as const))(
    "when a request for %s is broken anywhere",
    async (_operation, request) => {
      const bodies = [...broken(request), { [MARKER]: 1 }].flatMap(inWrappings).concat(`{"${MARKER}":`, MARKER);
      const reasons = await reasonsFor(bodies, STARTED);
      expect(reasons.length).toBeGreaterThan(bodies.length);
      expect(reasons.filter((reason) => reason.replace(...SAFE_IDENTITY).includes(MARKER))).toEqual([]);
      expect(printed.filter((line) => line.replace(...SAFE_IDENTITY).includes(MARKER))).toEqual([]);
    },
  );
});

/** A requestId or source of legible characters is named: the contract says that it must not hold personal data. */
const SAFE_IDENTITY = [/"(requestId|source)":"[^" ]*"/g, ""] as const;
