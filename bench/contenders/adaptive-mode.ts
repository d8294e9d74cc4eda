import { ConnectClient } from "@aws-sdk/client-connect";
import { eachTask } from "./each-task.ts";

/** The SDK's own rate limiter, which learns from throttled answers: a rate for each client, that is for each process. */
const client = new ConnectClient({ retryMode: "adaptive" });

export const handler = eachTask(async (command) => client.send(command));
