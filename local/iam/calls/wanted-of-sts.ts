import type { Call } from "../call.ts";
import { unknown, type Wanted, wants } from "../wanted.ts";

/** Everybody may ask who they are, whatever their policies say. Nobody takes on another role on one machine. */
export function wantedOfSts({ body }: Call): Wanted {
  const operation = new URLSearchParams(body.toString("utf8")).get("Action") ?? "this request";
  if (operation === "GetCallerIdentity") return wants();
  return unknown(`The local runner does not know which rights ${operation} takes in STS.`);
}
