import type { LocalSystem } from "#local/start-local-system.ts";
import type { LocalClients } from "./local-clients.ts";
import { sendAttachment } from "./send-attachment.ts";
import { sendEvent } from "./send-event.ts";
import { sendLargeEmail } from "./send-large-email.ts";
import { sendNotification } from "./send-notification.ts";
import type { SentByWay } from "./way-in.ts";

/** Sends one request by each way in that is no plain message. */
export const sendSampleWays = async (clients: LocalClients, { outputs }: LocalSystem): Promise<readonly SentByWay[]> =>
  Promise.all([
    sendEvent(clients),
    sendNotification(clients),
    sendLargeEmail(clients, outputs["PayloadBucketName"] ?? ""),
    sendAttachment(clients),
  ]);
