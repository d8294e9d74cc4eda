import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { SendCommand } from "#shared/aws/connect-caller.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { eachRecord } from "./each-record.ts";
import { wireWorker } from "./wiring.ts";

/** The Lambda handler of one operation's worker. `send` makes the operation's one call. */
export function contactRequestHandler(operation: Operation, send: SendCommand) {
  const { worker, visibility, logger } = wireWorker(operation, send, process.env);
  return middy(eachRecord(worker, visibility)).use(injectLambdaContext(logger));
}
