import type { Access } from "./access.ts";

/** What a service asks of the key of an encrypted resource, in the name of whoever calls it. */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  ["sqs:SendMessage", ["kms:GenerateDataKey", "kms:Decrypt"]],
  ["sqs:ReceiveMessage", ["kms:Decrypt"]],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  ["sns:Publish", ["kms:GenerateDataKey", "kms:Decrypt"]],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  ["s3:PutObject", ["kms:GenerateDataKey"]],
  ["s3:GetObject", ["kms:Decrypt"]],
  ["s3:GetObjectVersion", ["kms:Decrypt"]],
]);

/**
 * What DynamoDB's documentation names as the least that it needs, less the grant that it makes with the table. Which of
 * them a single request uses is not said, so every one asks for all of them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const NEEDED_BY_DYNAMODB: readonly string[] = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

const ON_ITEMS: ReadonlySet<string> = new Set(
  ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"].map((operation) => `dynamodb:${operation}`),
);

/** The accesses to the key that an access to a resource brings with it. `keyArn` is the key of that resource. */
export function keyAccesses({ action, context }: Access, keyArn: string): readonly Access[] {
  const [service = ""] = action.split(":");
  const [, , , region = "", accountId = ""] = keyArn.split(":");
  const needed = ON_ITEMS.has(action) ? NEEDED_BY_DYNAMODB : (NEEDED.get(action) ?? []);
  const ofKey = new Map([
    ...context,
    ["kms:viaservice", [`${service}.${region}.amazonaws.com`]],
    ["kms:calleraccount", [accountId]],
  ]);
  return needed.map((each) => ({ action: each, resource: keyArn, context: ofKey }));
}
