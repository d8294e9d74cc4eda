import type { Call } from "./call.ts";
import type { CallPlace } from "./call-place.ts";
import { wantedOfConnect } from "./calls/wanted-of-connect.ts";
import { wantedOfDynamoDb } from "./calls/wanted-of-dynamodb.ts";
import { wantedOfEvents } from "./calls/wanted-of-events.ts";
import { wantedOfS3 } from "./calls/wanted-of-s3.ts";
import { wantedOfSns } from "./calls/wanted-of-sns.ts";
import { wantedOfSqs } from "./calls/wanted-of-sqs.ts";
import { wantedOfSts } from "./calls/wanted-of-sts.ts";
import { unknown, type Wanted } from "./wanted.ts";

const BY_SERVICE: ReadonlyMap<string, (call: Call, place: CallPlace) => Wanted> = new Map([
  ["connect", wantedOfConnect],
  ["dynamodb", wantedOfDynamoDb],
  ["events", wantedOfEvents],
  ["s3", wantedOfS3],
  ["sns", wantedOfSns],
  ["sqs", wantedOfSqs],
  ["sts", wantedOfSts],
]);

/** What a request to a service asks for. */
export function wantedOf(service: string, call: Call, place: CallPlace): Wanted {
  const wanted = BY_SERVICE.get(service);
  return wanted === undefined
    ? unknown(`The local runner does not know which rights requests to ${service} take.`)
    : wanted(call, place);
}
