import type { buildApp } from "fauxqs";

const PREFIX = "AWS.SimpleQueueService.";

/** The errors whose older name begins with the prefix, by that name. From the trait awsQueryError of the SQS model. */
const PREFIXED: ReadonlySet<string> = new Set([
  "BatchEntryIdsNotDistinct",
  "BatchRequestTooLong",
  "EmptyBatchRequest",
  "InvalidBatchEntryId",
  "MessageNotInflight",
  "NonExistentQueue",
  "PurgeQueueInProgress",
  "QueueDeletedRecently",
  "TooManyEntriesInBatchRequest",
  "UnsupportedOperation",
]);

/**
 * SQS sends the name that an error had in the older protocol in a header, and the SDKs take it for the error's name.
 * fauxqs puts the prefix before every name, so that a program that compares names would work either here or in AWS.
 */
export function mendErrorCodes(app: ReturnType<typeof buildApp>): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    const [code = "", fault = ""] = String(reply.getHeader("x-amzn-query-error") ?? "").split(";");
    const bare = code.slice(PREFIX.length);
    if (code.startsWith(PREFIX) && !PREFIXED.has(bare)) reply.header("x-amzn-query-error", `${bare};${fault}`);
    done(null, payload);
  });
}
