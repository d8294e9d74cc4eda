import { setImmediate as nextTurn } from "node:timers/promises";
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { flag } from "./flag.ts";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";

const honoured = z.strictObject({
  TableName: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/, "a name of 3 to 255 letters, digits, -, _ and .")
    .optional(),
  KeySchema: z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) })),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  SSESpecification: z
    .strictObject({
      SSEEnabled: flag,
      SSEType: z.literal("KMS").optional(),
      KMSMasterKeyId: z.string().optional(),
    })
    .optional(),
  // Capacities would have to be kept to; nobody asks for them yet.
  BillingMode: z.literal("PAY_PER_REQUEST", "only PAY_PER_REQUEST is run locally"),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const dynamoDbTable = resourceType({
  type: "AWS::DynamoDB::Table",
  honoured,
  // About backups, deletion, cost, and the passing of days: items are kept as long as the system runs.
  withoutMeaning: [
    "ContributorInsightsSpecification",
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
    "TableClass",
    "Tags",
    "TimeToLiveSpecification",
  ],
  async create({ TableName, SSESpecification, ...settings }, place) {
    const { services, stack } = place;
    const name = physicalName(TableName, place);
    await createTable(services.dynamodb, { TableName: name, ...settings });
    const arn = `arn:aws:dynamodb:${stack.region}:${stack.accountId}:table/${name}`;
    // Nothing is encrypted; who may use the key is held to.
    if (SSESpecification?.KMSMasterKeyId !== undefined) services.rights.encrypt(arn, SSESpecification.KMSMasterKeyId);
    const partitionKey = settings.KeySchema.find(({ KeyType }) => KeyType === "HASH");
    if (partitionKey !== undefined) services.rights.setPartitionKey(arn, partitionKey.AttributeName);
    return { ref: name, attributes: { Arn: arn } };
  },
});

async function createTable(
  dynamodb: DynamoDBClient,
  table: Omit<z.output<typeof honoured>, "SSESpecification"> & { readonly TableName: string },
): Promise<void> {
  try {
    await dynamodb.send(new CreateTableCommand(table));
  } catch (cause) {
    throw new TemplateError(`DynamoDB refuses the table ${table.TableName}: ${String(cause)}`, { cause });
  }
  for (;;) {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table.TableName }));
    if (Table?.TableStatus === "ACTIVE") return;
    await nextTurn();
  }
}
