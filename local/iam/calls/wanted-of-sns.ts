import type { Call } from "../call.ts";
import { access, unknown, type Wanted, wants } from "../wanted.ts";

/** A batch needs the right to do the one thing. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["Publish", "sns:Publish"],
  ["PublishBatch", "sns:Publish"],
]);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export function wantedOfSns({ body }: Call): Wanted {
  const form = new URLSearchParams(body.toString("utf8"));
  const operation = form.get("Action") ?? "this request";
  const action = ACTIONS.get(operation);
  const topic = form.get("TopicArn") ?? form.get("TargetArn");
  if (action === undefined || topic === null) {
    return unknown(`The local runner does not know which rights ${operation} takes in SNS.`);
  }
  return wants(access(action, topic));
}
