import type { buildApp } from "fauxqs";
import * as z from "zod";
import { PUBLISH_ACTIONS } from "./publish-actions.ts";
import { SnsRefusal } from "./sns-refusal.ts";
import { snsError } from "./sns-xml.ts";
import type { TopicDelivery } from "./topic-delivery.ts";

const queryForm = z.record(z.string(), z.string());

/**
 * fauxqs keeps the topics and subscriptions. What is published goes to the queues through the local delivery instead:
 * fauxqs puts it there by itself, past the queues' policies and outages, loses the MessageGroupId, and names one Region in
 * every envelope.
 */
export function takeOverPublishing(app: ReturnType<typeof buildApp>, delivery: TopicDelivery): void {
  app.addHook("preHandler", async (request, reply) => {
    const form = queryForm.safeParse(request.body).data;
    const action = PUBLISH_ACTIONS.get(form?.["Action"] ?? "");
    if (form === undefined || action === undefined) return undefined;
    reply.header("content-type", "text/xml");
    try {
      return await reply.send(action(form, delivery));
    } catch (error) {
      if (!(error instanceof SnsRefusal)) throw error;
      return await reply.status(error.status).send(snsError(error.code, error.message));
    }
  });
}
