import { contactRequestSchema } from "#shared/contract/contact-request.ts";
import { published } from "./published.ts";

/** The name of an operation's message under `$defs`. */
export const requestName = (operation: string): string => `${operation}Request`;

/** Names the message of each operation, and says what the members around its input are for. */
export const publishRequests = (): void => {
  for (const request of contactRequestSchema.options) {
    const { requestId, operation, expiresAt, notBefore, sendingHours, source } = request.shape;
    published
      .add(request, {
        id: requestName(operation.value),
        title: `A contact request for ${operation.value}`,
        description: "notBefore, if it is there, is before expiresAt. No request holds more than 20,000 JSON values.",
      })
      .add(requestId, {
        description:
          "The upstream's idempotency key, unique per operation over all upstreams. It is logged: no personal data.",
      })
      .add(expiresAt, { description: "The call is not made at or after this moment." })
      .add(notBefore, { description: "The call is not made before this moment." })
      .add(sendingHours, { description: "The call is not made outside of these hours." })
      .add(source, { description: "Who asks: in logs and in every outcome event." });
  }
};
