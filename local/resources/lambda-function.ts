import { cpSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { FunctionConfiguration } from "../lambda/function-configuration.ts";
import { LambdaFunction } from "../lambda/lambda-function.ts";
import { TemplateError } from "../template/template-error.ts";
import { physicalName } from "./physical-name.ts";
import { type ResourcePlace, resourceType } from "./resource-type.ts";
import { wholeNumber } from "./whole-number.ts";

const logging = z.strictObject({
  LogGroup: z.string().optional(),
  LogFormat: z.enum(["Text", "JSON"]).default("Text"),
  ApplicationLogLevel: z.string().optional(),
  // About lines that Lambda itself writes (START, REPORT); there are none here.
  SystemLogLevel: z.string().optional(),
});

const honoured = z.strictObject({
  FunctionName: z.string().max(64).optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.literal("nodejs24.x"),
  PackageType: z.literal("Zip").optional(),
  MemorySize: wholeNumber(128, 10_240).default(128),
  Timeout: wholeNumber(1, 900).default(3),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  LoggingConfig: logging.optional(),
  ReservedConcurrentExecutions: wholeNumber(0, 1000).optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const lambdaFunction = resourceType({
  type: "AWS::Lambda::Function",
  honoured,
  // DeadLetterConfig is for asynchronous invocations, of which there are none here; rights are not evaluated.
  withoutMeaning: [
    "Architectures",
    "CodeSigningConfigArn",
    "DeadLetterConfig",
    "Description",
    "EphemeralStorage",
    "KmsKeyArn",
    "RecursiveLoop",
    "Role",
    "RuntimeManagementConfig",
    "Tags",
    "TracingConfig",
  ],
  create(properties, place) {
    const { services } = place;
    const configuration = configurationOf(properties, place);
    const lambda = new LambdaFunction(configuration, (line) =>
      services.onFunctionLog(configuration.functionName, line),
    );
    services.functions.set(configuration.functionArn, lambda);
    return { ref: configuration.functionName, attributes: { Arn: configuration.functionArn } };
  },
});

function configurationOf(properties: z.output<typeof honoured>, place: ResourcePlace): FunctionConfiguration {
  const { region, accountId } = place.stack;
  const functionName = physicalName(properties.FunctionName, place);
  const log = properties.LoggingConfig;
  return {
    functionName,
    functionArn: `arn:aws:lambda:${region}:${accountId}:function:${functionName}`,
    region,
    handler: properties.Handler,
    runtime: properties.Runtime,
    taskRoot: layOutCode(properties.Code.S3Key, functionName, place),
    memoryMb: properties.MemorySize,
    timeoutMs: properties.Timeout * 1000,
    variables: { ...properties.Environment?.Variables },
    endpointVariables: place.services.endpointVariables,
    logGroupName: log?.LogGroup ?? `/aws/lambda/${functionName}`,
    logVariables: logVariables(log),
    clockOffsetMs: place.services.clockOffsetMs,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
  };
}

/** Functions that log JSON are told so, and from which level on. */
const logVariables = (log: z.output<typeof logging> | undefined): Record<string, string> =>
  log?.LogFormat === "JSON"
    ? { AWS_LAMBDA_LOG_FORMAT: "JSON", AWS_LAMBDA_LOG_LEVEL: log.ApplicationLogLevel ?? "INFO" }
    : {};

/**
 * The code runs in a directory away from this repository: there it finds no package.json and no node_modules that are not
 * in the bundle, as in Lambda.
 */
function layOutCode(assetKey: string, functionName: string, { services }: ResourcePlace): string {
  const asset = services.assetDirectories.get(assetKey);
  if (asset === undefined)
    throw new TemplateError(`property Code.S3Key: the assembly holds no asset ${assetKey}. Synthesize again.`);
  const taskRoot = join(services.stagingDirectory, functionName);
  cpSync(asset, taskRoot, { recursive: true });
  return taskRoot;
}
