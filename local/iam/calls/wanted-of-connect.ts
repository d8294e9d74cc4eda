import * as z from "zod";
import type { Call } from "../call.ts";
import type { CallPlace } from "../call-place.ts";
import { access, unknown, type Wanted, wants } from "../wanted.ts";
import { jsonBody } from "./json-body.ts";

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["PUT /contact/create-contact", "connect:CreateContact"],
  ["PUT /contact/email", "connect:StartEmailContact"],
  ["PUT /contact/outbound-email", "connect:StartOutboundEmailContact"],
  ["PUT /contact/outbound-chat", "connect:StartOutboundChatContact"],
  ["POST /contact/stop", "connect:StopContact"],
]);

const text = z.string().optional().catch(undefined);
const named = z.looseObject({
  InstanceId: z.string(),
  ContactId: text,
  RelatedContactId: text,
  ContactFlowId: text,
  InitiationMethod: text,
  UserInfo: z.looseObject({ UserId: text }).optional().catch(undefined),
  SourceEndpoint: z.looseObject({ Type: text, Address: text }).optional().catch(undefined),
  SegmentAttributes: z
    .record(z.string(), z.looseObject({ ValueString: text }))
    .optional()
    .catch(undefined),
});

type Named = z.output<typeof named>;

/**
 * The instance, and whatever else the request names, each by its own ARN. Which ARN the e-mail operations are checked
 * against is not documented, so they need the instance too: a right that is too narrow shows here, and not in AWS.
 * StopContact has the contact alone.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html
 */
export function wantedOfConnect(call: Call, place: CallPlace): Wanted {
  const action = ACTIONS.get(`${call.method} ${call.path}`);
  if (action === undefined) {
    return unknown(`The local runner does not know which rights ${call.method} ${call.path} takes in Connect.`);
  }
  const body = jsonBody(call, named);
  if (body === undefined) return unknown("The request names no InstanceId.");
  const context = {
    "connect:InstanceId": body.InstanceId.split("/").at(-1),
    ...(action === "connect:CreateContact" && { "connect:ContactInitiationMethod": body.InitiationMethod }),
    ...(action === "connect:StartOutboundChatContact" && {
      "connect:Subtype": body.SegmentAttributes?.["connect:Subtype"]?.ValueString,
    }),
  };
  return wants(...resources(action, body, place).map((resource) => access(action, resource, context)));
}

function resources(action: string, body: Named, { region, accountId }: CallPlace): readonly string[] {
  const instance = asArn(body.InstanceId, `arn:aws:connect:${region}:${accountId}:instance/`);
  const below = [
    ["contact", body.ContactId],
    ["contact", body.RelatedContactId],
    ["contact-flow", body.ContactFlowId],
    ["agent", body.UserInfo?.UserId],
  ] as const;
  const named = below.flatMap(([kind, id]) => (id === undefined ? [] : [asArn(id, `${instance}/${kind}/`)]));
  const { Type, Address } = body.SourceEndpoint ?? {};
  const phoneNumber = Type === "CONNECT_PHONENUMBER_ARN" && Address !== undefined ? [Address] : [];
  return action === "connect:StopContact" ? named : [instance, ...named, ...phoneNumber];
}

const asArn = (idOrArn: string, beginning: string): string =>
  idOrArn.startsWith("arn:") ? idOrArn : `${beginning}${idOrArn}`;
