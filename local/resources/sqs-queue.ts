import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { flag } from "./flag.ts";
import { physicalName } from "./physical-name.ts";
import { queueByArn } from "./queue-by-arn.ts";
import { type ResourcePlace, resourceType } from "./resource-type.ts";
import { wholeNumber } from "./whole-number.ts";

const redrivePolicy = z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: wholeNumber(1, 1000) });
const redriveAllowPolicy = z.strictObject({
  redrivePermission: z.enum(["allowAll", "denyAll", "byQueue"]),
  sourceQueueArns: z.array(z.string()).default([]),
});

/** Ranges: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const honoured = z.strictObject({
  QueueName: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,80}$/, "a name of 1 to 80 letters, digits, - and _ (FIFO queues are not run locally)")
    .optional(),
  VisibilityTimeout: wholeNumber(0, 43_200).optional(),
  DelaySeconds: wholeNumber(0, 900).optional(),
  MaximumMessageSize: wholeNumber(1024, 1_048_576).optional(),
  MessageRetentionPeriod: wholeNumber(60, 1_209_600).optional(),
  ReceiveMessageWaitTimeSeconds: wholeNumber(0, 20).optional(),
  KmsMasterKeyId: z.string().optional(),
  KmsDataKeyReusePeriodSeconds: wholeNumber(60, 86_400).optional(),
  SqsManagedSseEnabled: flag.optional(),
  RedrivePolicy: redrivePolicy.optional(),
  RedriveAllowPolicy: redriveAllowPolicy.optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const sqsQueue = resourceType({
  type: "AWS::SQS::Queue",
  honoured,
  withoutMeaning: ["Tags"],
  create({ QueueName, ...settings }, place) {
    const { stack, services, logicalId } = place;
    const name = physicalName(QueueName, place);
    const arn = `arn:aws:sqs:${stack.region}:${stack.accountId}:${name}`;
    if (services.fauxqs.sqsStore.getQueueByName(name) !== undefined) {
      throw new TemplateError(`the queue name ${name} is used twice. Give ${logicalId} a QueueName of its own.`);
    }
    if (settings.RedrivePolicy !== undefined) mayDeadLetterTo(settings.RedrivePolicy.deadLetterTargetArn, arn, place);

    const queue = services.fauxqs.sqsStore.createQueue(
      name,
      `${services.endpoint}/${stack.accountId}/${name}`,
      arn,
      asQueueAttributes(settings),
    );
    return { ref: queue.url, attributes: { Arn: arn, QueueName: name, QueueUrl: queue.url } };
  },
});

/** SQS holds numbers as text and policies as JSON. */
function asQueueAttributes(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** SQS refuses a dead-letter queue that does not exist, and one whose RedriveAllowPolicy shuts this queue out. */
function mayDeadLetterTo(targetArn: string, sourceArn: string, { services }: ResourcePlace): void {
  const target = queueByArn(services.fauxqs.sqsStore, targetArn);
  if (target === undefined) throw new TemplateError(`property RedrivePolicy: there is no queue ${targetArn}.`);
  const policy = redriveAllowPolicy.parse(
    JSON.parse(target.attributes["RedriveAllowPolicy"] ?? `{"redrivePermission":"allowAll"}`),
  );
  if (policy.redrivePermission === "allowAll") return;
  if (policy.redrivePermission === "byQueue" && policy.sourceQueueArns.includes(sourceArn)) return;
  throw new TemplateError(
    `property RedrivePolicy: the RedriveAllowPolicy of ${targetArn} does not allow ${sourceArn}.`,
  );
}
