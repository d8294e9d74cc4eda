import * as z from "zod";
import type { Call } from "../call.ts";
import type { CallPlace } from "../call-place.ts";
import { access, unknown, type Wanted, wants } from "../wanted.ts";
import { jsonBody } from "./json-body.ts";

const text = z.string().optional().catch(undefined);
const putEvents = z.looseObject({
  Entries: z.array(z.looseObject({ EventBusName: text, DetailType: text, Source: text })).min(1),
});

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html */
export function wantedOfEvents(call: Call, { region, accountId }: CallPlace): Wanted {
  const operation = call.header("x-amz-target")?.split(".")[1] ?? "";
  const body = jsonBody(call, putEvents);
  if (operation !== "PutEvents" || body === undefined) {
    return unknown(`The local runner does not know which rights ${operation || "this request"} takes in EventBridge.`);
  }
  return wants(
    ...body.Entries.map(({ EventBusName = "default", DetailType, Source }) => {
      const bus = EventBusName.startsWith("arn:")
        ? EventBusName
        : `arn:aws:events:${region}:${accountId}:event-bus/${EventBusName}`;
      return access("events:PutEvents", bus, { "events:detail-type": DetailType, "events:source": Source });
    }),
  );
}
