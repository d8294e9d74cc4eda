import { cpSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Denial } from "../iam/denial.ts";
import type { RoleSession } from "../iam/principal.ts";
import { access } from "../iam/wanted.ts";
import type { FunctionConfiguration } from "../lambda/function-configuration.ts";
import { functionCredentials } from "../lambda/function-credentials.ts";
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
  Role: z.string(),
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
  // DeadLetterConfig is for asynchronous invocations, of which there are none here.
  withoutMeaning: [
    "Architectures",
    "CodeSigningConfigArn",
    "DeadLetterConfig",
    "Description",
    "EphemeralStorage",
    "KmsKeyArn",
    "RecursiveLoop",
    "RuntimeManagementConfig",
    "Tags",
    "TracingConfig",
  ],
  create(properties, place) {
    const configuration = configurationOf(properties, place);
    const { functionArn, functionName } = configuration;
    const { services } = place;
    const { accessKeyId } = functionCredentials(functionArn);
    const session = services.rights.letAssume(accessKeyId, functionName, properties.Role);
    const say = (line: string): void => services.onFunctionLog(functionName, line);
    const lambda = new LambdaFunction(configuration, say, allowedLines(say, logRights(session, configuration, place)));
    services.functions.set(functionArn, lambda);
    return { ref: functionName, attributes: { Arn: functionArn } };
  },
});

/** What Lambda needs of the function's role to write down its lines. */
const LOG_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents"];

type AskForRights = () => Denial | undefined;

function logRights(
  session: RoleSession,
  lambda: FunctionConfiguration,
  { stack, services }: ResourcePlace,
): AskForRights {
  const logGroup = `arn:aws:logs:${stack.region}:${stack.accountId}:log-group:${lambda.logGroupName}`;
  const accesses = LOG_ACTIONS.map((action) => access(action, `${logGroup}:log-stream:${lambda.functionName}`));
  return () => services.authorizer.refuse(session, accesses);
}

/** Without the rights to its log a function runs all the same, and what it writes is lost; that much is said, once. */
function allowedLines(say: (line: string) => void, refuse: AskForRights): (line: string) => void {
  let write: ((line: string) => void) | undefined;
  return (line) => {
    if (write !== undefined) return write(line);
    const denial = refuse();
    write = denial === undefined ? say : () => undefined;
    return say(denial === undefined ? line : `AccessDenied: ${denial.message}. What the function writes is lost.`);
  };
}

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
