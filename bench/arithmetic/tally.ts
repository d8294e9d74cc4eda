import { isWithin, type TimeWindow } from "./time-window.ts";

/** One request that the local endpoint has answered. */
export interface ServedRequest {
  /** As in the signature: `sqs`, `dynamodb`, `connect`. */
  readonly service: string;
  /** As in X-Amz-Target: `ReceiveMessage`, `UpdateItem`; empty for services that have none. */
  readonly action: string;
  /** The access key id: who asked. */
  readonly caller: string;
  readonly endedAtMs: number;
  /** HTTP status; 0 if the connection ended before the answer. */
  readonly status: number;
  /** How many messages a ReceiveMessage gave out. */
  readonly messages: number;
  /** A write of DynamoDB whose condition did not hold: billed all the same. */
  readonly isFailedCondition: boolean;
}

/** What the system asked of the services in some time. */
export interface Tally {
  readonly calls: number;
  readonly throttled: number;
  /** Messages that SQS gave out, each time counted. */
  readonly receives: number;
  readonly sqsRequests: number;
  /** Failed conditions included. */
  readonly dynamoWrites: number;
  readonly failedConditions: number;
  readonly dynamoReads: number;
}

const WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem"]);
const READS = new Set(["GetItem", "Query"]);

/** Actions that read or write several items: counted as one they would make the cost look better than it is. */
const SEVERAL_ITEMS = new Set(["BatchWriteItem", "TransactWriteItems", "BatchGetItem", "TransactGetItems"]);

const TOO_MANY_REQUESTS = 429;

/** Counts what these requests were, of those that were answered in this time. */
export function tally(requests: readonly ServedRequest[], window: TimeWindow): Tally {
  const counted = requests.filter(({ endedAtMs }) => isWithin(window, endedAtMs));
  const sqs = counted.filter(({ service }) => service === "sqs");
  const dynamo = counted.filter(({ service }) => service === "dynamodb");
  const connect = counted.filter(({ service }) => service === "connect");
  const uncountable = dynamo.find(({ action }) => SEVERAL_ITEMS.has(action));
  if (uncountable !== undefined) {
    throw new Error(`${uncountable.action} takes several items: count them in bench/arithmetic/tally.ts first.`);
  }
  return {
    calls: connect.length,
    throttled: connect.filter(({ status }) => status === TOO_MANY_REQUESTS).length,
    receives: sqs.reduce((sum, { messages }) => sum + messages, 0),
    sqsRequests: sqs.length,
    dynamoWrites: dynamo.filter(({ action }) => WRITES.has(action)).length,
    failedConditions: dynamo.filter(({ isFailedCondition }) => isFailedCondition).length,
    dynamoReads: dynamo.filter(({ action }) => READS.has(action)).length,
  };
}
