import { randomBytes } from "node:crypto";
import type { FunctionConfiguration } from "./function-configuration.ts";
import { functionCredentials } from "./function-credentials.ts";

/**
 * Everything that a process of the function sees in its environment: the template's variables, those that Lambda sets
 * itself, and where the services are. Nothing is inherited from this process.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const environmentVariables = (lambda: FunctionConfiguration): Record<string, string> => ({
  ...lambda.variables,
  ...lambda.logVariables,
  ...lambda.endpointVariables,
  ...credentialVariables(lambda.functionArn),
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

function credentialVariables(functionArn: string): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = functionCredentials(functionArn);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

const logStreamName = (now: Date): string =>
  `${now.toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomBytes(16).toString("hex")}`;
