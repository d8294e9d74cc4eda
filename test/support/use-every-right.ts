import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect } from "@jest/globals";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { type QueueRole, queueName } from "#shared/contract/queue-name.ts";
import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import { asFunction } from "#test/local/iam/support/as-function.ts";
import type { LocalDeployment, Template } from "#test/support/a-local-deployment.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";

/** The deployment must allow attachments from here. */
export const ATTACHMENT_BUCKET = "attachments";

/** Somebody with the managed policy for senders: a function without code of its own, whose credentials the test uses. */
export function addSender({ Resources }: Template): void {
  const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
  const [policy] = ofType("AWS::IAM::ManagedPolicy");
  const [worker] = ofType("AWS::Lambda::Function");
  const [workersRole] = ofType("AWS::IAM::Role");
  if (policy === undefined || worker === undefined || workersRole === undefined) throw new Error("Who sends here?");
  const { AssumeRolePolicyDocument } = workersRole[1].Properties;
  Resources["SenderRole"] = {
    Type: "AWS::IAM::Role",
    Properties: { AssumeRolePolicyDocument, ManagedPolicyArns: [{ Ref: policy[0] }] },
  };
  const { Code, Handler, Runtime } = worker[1].Properties;
  const Role = { "Fn::GetAtt": ["SenderRole", "Arn"] };
  Resources["Sender"] = {
    Type: "AWS::Lambda::Function",
    Properties: { FunctionName: "sender", Code, Handler, Runtime, Role },
  };
}

const text = (requestId: string, operation: Operation, changes: object = {}) =>
  JSON.stringify({ ...aRequestFor(operation, requestId), ...changes });

/** Does everything that the template gives somebody a right to. Resolves when all of it is done. */
export async function useEveryRight(deployment: LocalDeployment): Promise<void> {
  await readAnAttachment(deployment);
  await sendAsSender(deployment);
  await sendEveryKind(deployment);
  await eventually(() => expectAllDone(deployment));
  await takeBackADraft(deployment);
}

/** Every kind of message that takes rights of its own, through every worker. */
async function sendEveryKind({ system }: LocalDeployment): Promise<void> {
  const upstream = new QueueClient(system);
  const { s3: administrator, events } = asFunction(system, "nobody");
  const bucket = system.outputs["PayloadBucketName"] ?? "";
  for (const operation of OPERATIONS) {
    const Key = `payloads/${operation}`;
    const Body = text(`pointed-at-${operation}`, operation);
    await administrator.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    const tooLarge = text("too-large", operation, { expiresAt: "2020-01-01T00:00:00Z" });
    await upstream.send(operation, [
      text("live", operation),
      text("later", operation, { notBefore: "2999-01-01T00:00:00Z" }),
      "wrong",
      pointerBody({ bucket, key: Key }),
      pointerBody({ bucket, key: "payloads/gone" }),
    ]);
    await upstream.send(operation, [`${tooLarge}${" ".repeat(1_048_576)}`.slice(0, 1_048_576)]);
    await upstream.send(operation, [text("spring/backfill", operation)], "backfill");
  }
  const entry = (DetailType: string) => ({
    EventBusName: system.outputs["EventBusName"] ?? "",
    Source: "billing",
    DetailType,
    Detail: JSON.stringify(aRequestFor(DetailType as Operation, `event-${DetailType}`)),
  });
  await events.send(new PutEventsCommand({ Entries: OPERATIONS.map(entry) }));
}

/** Connect reads an attachment with the rights of the worker that signed its URL. */
async function readAnAttachment({ system }: LocalDeployment): Promise<void> {
  const { s3: administrator } = asFunction(system, "nobody");
  const { s3: worker } = asFunction(system, "contact-requests-StartEmailContact");
  const object = { Bucket: ATTACHMENT_BUCKET, Key: "invoice.pdf" };
  await administrator.send(new CreateBucketCommand({ Bucket: object.Bucket }));
  await administrator.send(new PutObjectCommand({ ...object, Body: "%PDF" }));
  const answer = await fetch(await getSignedUrl(worker, new GetObjectCommand(object)));
  if (!answer.ok) throw new Error(`The attachment cannot be read: ${await answer.text()}`);
}

async function sendAsSender({ system }: LocalDeployment): Promise<void> {
  const { s3, sqs } = asFunction(system, "sender");
  await s3.send(new PutObjectCommand({ Bucket: system.outputs["PayloadBucketName"], Key: "payloads/x", Body: "x" }));
  for (const operation of OPERATIONS) {
    for (const lane of ["live", "backfill"] as const) {
      const QueueName = queueName("contact-requests", operation, lane);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text(`sender-${lane}`, operation) }));
    }
  }
}

/** All but the request for later have left their queues, and three of each operation are dead letters, some perhaps twice. */
function expectAllDone({ system }: LocalDeployment): void {
  const depths = system.queueDepths();
  for (const operation of OPERATIONS) {
    const of = (role: QueueRole) => depths[queueName("contact-requests", operation, role)];
    expect([operation, of("live"), of("backfill")]).toEqual([
      operation,
      { visible: 0, inFlight: 1, delayed: 0 },
      { visible: 0, inFlight: 0, delayed: 0 },
    ]);
    expect(of("dead-letters")?.visible).toBeGreaterThanOrEqual(3);
  }
}

/** An outbound e-mail whose second step does not come before it expires, so that its draft is ended. */
async function takeBackADraft({ system, functionLog }: LocalDeployment): Promise<void> {
  const hourMs = 3_600_000;
  system.connect.setFaults({ StartOutboundEmailContact: { throttled: { probability: 1 } } });
  const expiresAt = new Date(Date.now() + hourMs).toISOString();
  await new QueueClient(system).send("OutboundEmail", [text("taken-back", "OutboundEmail", { expiresAt })]);
  await eventually(() => expect(functionLog.find(isDraft)).toBeDefined());
  await system.moveClock(2 * hourMs);
  const stops = () => system.connect.stats().operations["StopContact"]?.answers["200"];
  await eventually(() => expect(stops()).toBe(1));
}

const isDraft = (line: string): boolean => line.includes('"Draft made"') && line.includes('"taken-back"');
