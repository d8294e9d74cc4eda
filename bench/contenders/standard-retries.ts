import { ConnectClient } from "@aws-sdk/client-connect";
import { eachTask } from "./each-task.ts";

/** What one gets without doing anything: the SDK tries three times, with growing delays, and nothing paces the first try. */
const client = new ConnectClient({ retryMode: "standard" });

export const handler = eachTask(async (command) => client.send(command));
