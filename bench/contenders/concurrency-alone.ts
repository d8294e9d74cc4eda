import { ConnectClient } from "@aws-sdk/client-connect";
import { eachTask } from "./each-task.ts";

/** Nothing but the mapping's maximum concurrency holds calls back; what is refused goes back to the queue. */
const client = new ConnectClient({ maxAttempts: 1 });

export const handler = eachTask(async (command) => client.send(command));
