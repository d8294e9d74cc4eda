import { createHash } from "node:crypto";
import * as z from "zod";
import { EventSourceMapping } from "../event-source-mapping/event-source-mapping.ts";
import { access } from "../iam/wanted.ts";
import { functionCredentials } from "../lambda/function-credentials.ts";
import type { LambdaFunction } from "../lambda/lambda-function.ts";
import { TemplateError } from "../template/template-error.ts";
import { flag } from "./flag.ts";
import { queueByArn } from "./queue-by-arn.ts";
import { type ResourcePlace, resourceType } from "./resource-type.ts";
import { wholeNumber } from "./whole-number.ts";

/** Lambda starts with five batches at once on a mapping without a maximum, and grows; here it stays at five. */
const DEFAULT_CONCURRENCY = 5;

const honoured = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: wholeNumber(1, 10_000).default(10),
  MaximumBatchingWindowInSeconds: wholeNumber(0, 300).default(0),
  Enabled: flag.default(true),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: wholeNumber(2, 1000).optional() }).default({}),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export const lambdaEventSourceMapping = resourceType({
  type: "AWS::Lambda::EventSourceMapping",
  honoured,
  withoutMeaning: ["MetricsConfig", "Tags"],
  create(properties, place) {
    const { stack, services, logicalId } = place;
    const lambda = findFunction(properties.FunctionName, place);
    const queue = queueByArn(services.fauxqs.sqsStore, properties.EventSourceArn);
    if (queue === undefined)
      throw new TemplateError(`property EventSourceArn: there is no queue ${properties.EventSourceArn}.`);
    mustLetReceive(lambda, queue.arn, place);
    refuseWhatLambdaRefuses(properties, lambda, Number(queue.attributes["VisibilityTimeout"]));

    const { batchSize, batchingWindowSeconds, functionResponseTypes } = renamed(properties);
    const { MaximumConcurrency: maximumConcurrency } = properties.ScalingConfig;
    const mapping = new EventSourceMapping(
      {
        queueUrl: queue.url,
        queueArn: queue.arn,
        region: stack.region,
        endpoint: services.endpoint,
        batchSize,
        batchingWindowMs: batchingWindowSeconds * 1000,
        reportsBatchItemFailures: functionResponseTypes.includes("ReportBatchItemFailures"),
        maximumConcurrency: maximumConcurrency ?? DEFAULT_CONCURRENCY,
        endLongPolls: () => queue.cancelWaiters(),
      },
      lambda,
    );
    const uuid = uuidOf(`${stack.stackName}/${logicalId}`);
    const arn = `arn:aws:lambda:${stack.region}:${stack.accountId}:event-source-mapping:${uuid}`;
    const { functionArn } = lambda.configuration;
    const described = { batchSize, batchingWindowSeconds, functionResponseTypes, maximumConcurrency };
    services.mappings.set(uuid, { uuid, arn, eventSourceArn: queue.arn, functionArn, ...described, mapping });
    if (properties.Enabled) mapping.start();
    return { ref: uuid, attributes: { Id: uuid, EventSourceMappingArn: arn } };
  },
});

const renamed = (properties: z.output<typeof honoured>) => ({
  batchSize: properties.BatchSize,
  batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
  functionResponseTypes: properties.FunctionResponseTypes,
});

/** Lambda draws it; here it follows from the names, so that two runs of a template give the same. */
const uuidOf = (text: string): string =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");

/** By name or by ARN, as Lambda takes it. */
function findFunction(nameOrArn: string, { stack, services }: ResourcePlace): LambdaFunction {
  const arn = nameOrArn.startsWith("arn:")
    ? nameOrArn
    : `arn:aws:lambda:${stack.region}:${stack.accountId}:function:${nameOrArn}`;
  const lambda = services.functions.get(arn);
  if (lambda === undefined) throw new TemplateError(`property FunctionName: there is no function ${nameOrArn}.`);
  return lambda;
}

const POLLING = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];

/** Lambda makes no mapping for a function whose role could not work the queue off. */
function mustLetReceive(lambda: LambdaFunction, queueArn: string, { services }: ResourcePlace): void {
  const session = services.rights.sessionOf(functionCredentials(lambda.configuration.functionArn).accessKeyId);
  if (session === undefined) return;
  const accesses = POLLING.map((operation) => access(`sqs:${operation}`, queueArn));
  const denial = services.authorizer.refuse(session, accesses);
  if (denial === undefined) return;
  throw new TemplateError(
    `property FunctionName: the function's role does not let Lambda work the queue off. AccessDenied: ${denial.message}.`,
  );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function refuseWhatLambdaRefuses(
  { BatchSize, MaximumBatchingWindowInSeconds }: z.output<typeof honoured>,
  lambda: LambdaFunction,
  visibilityTimeoutSeconds: number,
): void {
  const timeoutSeconds = lambda.configuration.timeoutMs / 1000;
  if (visibilityTimeoutSeconds < timeoutSeconds) {
    throw new TemplateError(
      `the queue's visibility timeout (${visibilityTimeoutSeconds} s) is less than the function's timeout (${timeoutSeconds} s). Lambda refuses that; six times the timeout is advised.`,
    );
  }
  if (BatchSize > 10 && MaximumBatchingWindowInSeconds === 0) {
    throw new TemplateError(
      "property MaximumBatchingWindowInSeconds: a BatchSize over 10 needs a window of at least 1 second.",
    );
  }
}
