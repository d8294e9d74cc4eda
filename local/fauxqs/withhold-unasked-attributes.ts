import type { buildApp } from "fauxqs";
import * as z from "zod";

/**
 * SQS returns message attributes only to those who ask for them; fauxqs returns them to everybody, so that a consumer who
 * forgot to ask would work here and lose them in AWS.
 */
export function withholdUnaskedAttributes(app: ReturnType<typeof buildApp>): void {
  app.addHook("preSerialization", (request, _reply, payload, done) => {
    if (request.headers["x-amz-target"] !== "AmazonSQS.ReceiveMessage") return done(null, payload);
    const asked = receiveRequest.safeParse(request.body).data?.MessageAttributeNames ?? [];
    const messages = receiveAnswer.safeParse(payload).data?.Messages ?? [];
    if (asked.length > 0) return done(null, payload);
    for (const message of messages) {
      delete message.MessageAttributes;
      delete message.MD5OfMessageAttributes;
    }
    return done(null, payload);
  });
}

const receiveRequest = z.looseObject({ MessageAttributeNames: z.array(z.string()).default([]) });
const receiveAnswer = z.looseObject({
  // Not a shape, which zod would copy: the message itself has to change.
  Messages: z.array(
    z.custom<{ MessageAttributes?: unknown; MD5OfMessageAttributes?: unknown }>(
      (value) => typeof value === "object" && value !== null,
    ),
  ),
});
