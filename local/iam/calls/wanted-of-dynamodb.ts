import * as z from "zod";
import type { Call } from "../call.ts";
import type { CallPlace } from "../call-place.ts";
import { access, unknown, type Wanted, wants } from "../wanted.ts";
import { jsonBody } from "./json-body.ts";

const item = z.record(z.string(), z.unknown());
const onOneTable = z.looseObject({ TableName: z.string(), Key: item.optional(), Item: item.optional() });
/** A key is text, a number or bytes, each of which travels as text. */
const keyValue = z.union([
  z.strictObject({ S: z.string() }).transform(({ S }) => S),
  z.strictObject({ N: z.string() }).transform(({ N }) => N),
  z.strictObject({ B: z.string() }).transform(({ B }) => B),
]);

/** The requests that name the item they are about. */
const ON_AN_ITEM: ReadonlySet<string> = new Set(["GetItem", "PutItem", "UpdateItem", "DeleteItem"]);
/** Those about all of a table. */
const ON_A_TABLE: ReadonlySet<string> = new Set(["DescribeTable", "DescribeTimeToLive", "Scan"]);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export function wantedOfDynamoDb(call: Call, place: CallPlace): Wanted {
  const operation = call.header("x-amz-target")?.split(".")[1] ?? "";
  const body = jsonBody(call, onOneTable);
  const onAnItem = ON_AN_ITEM.has(operation);
  if (body === undefined || (!onAnItem && !ON_A_TABLE.has(operation))) {
    return unknown(`The local runner does not know which rights ${operation || "this request"} takes in DynamoDB.`);
  }
  const action = `dynamodb:${operation}`;
  const arn = tableArn(body.TableName, place);
  if (!onAnItem) return wants(access(action, arn));

  const keyName = place.partitionKeyOf(arn);
  if (keyName === undefined) {
    return unknown(
      `The table ${body.TableName} is not the template's, so its partition key and the rights on it are not known.`,
    );
  }
  const leadingKey = keyValue.safeParse((body.Key ?? body.Item)?.[keyName]).data;
  if (leadingKey === undefined) return unknown(`The request gives no value for the partition key ${keyName}.`);
  return wants(access(action, arn, { "dynamodb:LeadingKeys": [leadingKey] }));
}

/** A table may be named by its ARN too. */
const tableArn = (name: string, { region, accountId }: CallPlace): string =>
  name.startsWith("arn:") ? name : `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
