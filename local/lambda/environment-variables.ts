import { createHash, randomBytes } from "node:crypto";
import type { FunctionConfiguration } from "./function-configuration.ts";

/**
 * Everything that a process of the function sees in its environment: the template's variables, those that Lambda sets
 * itself, and where the services are. Nothing is inherited from this process.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const environmentVariables = (lambda: FunctionConfiguration): Record<string, string> => ({
  ...lambda.variables,
  ...lambda.logVariables,
  ...lambda.endpointVariables,
  ...credentials(lambda.functionArn),
  AWS_REGION: lambda.region,
  AWS_DEFAULT_REGION: lambda.region,
  AWS_EXECUTION_ENV: `AWS_Lambda_${lambda.runtime}`,
  AWS_LAMBDA_FUNCTION_NAME: lambda.functionName,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_LAMBDA_LOG_GROUP_NAME: lambda.logGroupName,
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(new Date()),
  LAMBDA_TASK_ROOT: lambda.taskRoot,
  TZ: ":UTC",
  _HANDLER: lambda.handler,
});

/** A key for each function, so that the endpoint can tell by the signature who is calling. */
function credentials(functionArn: string): Record<string, string> {
  const digest = createHash("sha256").update(functionArn).digest("hex");
  return {
    AWS_ACCESS_KEY_ID: `ASIA${digest.slice(0, 16).toUpperCase()}`,
    AWS_SECRET_ACCESS_KEY: digest.slice(16, 56),
    AWS_SESSION_TOKEN: digest,
  };
}

const logStreamName = (now: Date): string =>
  `${now.toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomBytes(16).toString("hex")}`;
