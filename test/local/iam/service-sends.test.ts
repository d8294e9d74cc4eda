import { describe, expect, test } from "@jest/globals";
import { createFauxqsStores } from "#local/fauxqs/fauxqs-stores.ts";
import { Authorizer } from "#local/iam/authorizer.ts";
import { readPolicy } from "#local/iam/read-policy.ts";
import { Rights } from "#local/iam/rights.ts";

const STACK = { stackName: "s", region: "us-east-1", accountId: "111122223333" };
const QUEUE = "arn:aws:sqs:us-east-1:111122223333:work";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/k";
const RULE = "arn:aws:events:us-east-1:111122223333:rule/bus/r";
const EVENTS = { principal: "events.amazonaws.com", sourceArn: RULE };
const SERVICE = { Service: "events.amazonaws.com" };
const SEND = { Effect: "Allow", Principal: SERVICE, Action: "sqs:SendMessage", Resource: QUEUE };
const USE_KEY = { Effect: "Allow", Principal: SERVICE, Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: "*" };

interface Place {
  /** A text is taken as it is. */
  readonly queuePolicy?: unknown;
  readonly keyPolicy?: unknown;
  readonly keyName?: string;
}

async function mayEventsSend({ queuePolicy, keyPolicy, keyName }: Place): Promise<string> {
  const { sqsStore, s3Store } = await createFauxqsStores();
  const rights = new Rights(STACK);
  if (keyPolicy !== undefined) rights.setResourcePolicy(KEY, readPolicy({ Statement: keyPolicy }, "resource"));
  rights.nameKey("alias/k", KEY);
  sqsStore.createQueue("work", "http://127.0.0.1:1/111122223333/work", QUEUE, {
    ...(queuePolicy !== undefined && {
      Policy: typeof queuePolicy === "string" ? queuePolicy : JSON.stringify({ Statement: queuePolicy }),
    }),
    ...(keyName !== undefined && { KmsMasterKeyId: keyName }),
  });
  const authorizer = new Authorizer({ stack: STACK, rights, fauxqs: { sqsStore, s3Store } });
  return authorizer.refuseSend(EVENTS, QUEUE)?.message ?? "may send";
}

describe("a service that sends for a rule", () => {
  test.each<[string, Place, RegExp]>([
    [
      "may not where the queue has no policy",
      {},
      /events.amazonaws.com is not .*sqs:SendMessage.*because no resource-based policy/,
    ],
    ["may where the queue's policy says so", { queuePolicy: [SEND] }, /^may send$/],
    [
      "may where the policy names its rule",
      { queuePolicy: [{ ...SEND, Condition: { ArnEquals: { "aws:SourceArn": RULE } } }] },
      /^may send$/,
    ],
    [
      "may not where the policy names another rule",
      { queuePolicy: [{ ...SEND, Condition: { ArnEquals: { "aws:SourceArn": `${RULE}-2` } } }] },
      /sqs:SendMessage/,
    ],
    [
      "may where the policy names its account",
      { queuePolicy: [{ ...SEND, Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }] },
      /^may send$/,
    ],
    [
      "may not where the policy denies it again",
      { queuePolicy: [SEND, { ...SEND, Effect: "Deny", Principal: "*" }] },
      /explicit deny in a resource-based policy/,
    ],
    ["may not by a policy that nobody can read", { queuePolicy: "{" }, /explicit deny/],
    [
      "may not by one with an operator that nobody knows",
      { queuePolicy: [SEND, { ...SEND, Effect: "Deny", Condition: { IpAddress: { "aws:SourceArn": "x" } } }] },
      /explicit deny/,
    ],
    [
      "may not without the key",
      { queuePolicy: [SEND], keyName: KEY, keyPolicy: [] },
      /kms:GenerateDataKey.*because no resource-based/,
    ],
    [
      "may not without all of the key",
      { queuePolicy: [SEND], keyName: KEY, keyPolicy: [{ ...USE_KEY, Action: "kms:Generate*" }] },
      /kms:Decrypt/,
    ],
    ["may with the key", { queuePolicy: [SEND], keyName: KEY, keyPolicy: [USE_KEY] }, /^may send$/],
    ["may with the key by its alias", { queuePolicy: [SEND], keyName: "alias/k", keyPolicy: [USE_KEY] }, /^may send$/],
    [
      "may with the key for its account",
      {
        queuePolicy: [SEND],
        keyName: KEY,
        keyPolicy: [{ ...USE_KEY, Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }],
      },
      /^may send$/,
    ],
    [
      "may not with a key of AWS's own",
      { queuePolicy: [SEND], keyName: "alias/aws/sqs" },
      /kms:GenerateDataKey on resource: alias\/aws\/sqs/,
    ],
  ])("%s", async (_claim, place, answer) => {
    expect(await mayEventsSend(place)).toMatch(answer);
  });
});
