import { setTimeout as wait } from "node:timers/promises";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { SendCommands } from "#shared/aws/connect-caller.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { eachRecord } from "./each-record.ts";
import { wireWorker } from "./wiring.ts";

/** The Lambda handler of one operation's worker. `commands`: the calls that it makes. */
export function contactRequestHandler(operation: Operation, commands: SendCommands) {
  const { worker, visibility, rateLimiter, logger } = wireWorker(operation, commands, process.env);
  const handle = eachRecord(worker, {
    visibility,
    settled: async () => await rateLimiter.settled(),
    timeUp: async (waitMs) => await wait(waitMs, undefined, { ref: false }),
  });
  // Time is ours to watch: middy's early timeout would throw for the whole batch. And no event is ever logged, whatever
  // the environment says, since it holds the requests.
  return middy(handle, { timeoutEarlyInMillis: 0 }).use(injectLambdaContext(logger, { logEvent: false }));
}
