import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { patience } from "./patience.ts";

/**
 * A client for the state table. DynamoDB answers within milliseconds: a second without an answer is an outage, and the
 * time of a worker is better spent on giving its messages back than on waiting.
 */
export const stateTableClient = (): DynamoDBClient => new DynamoDBClient(patience(1_000));
