import * as z from "zod";
import { rule } from "./rule.ts";

const agentEmailNamesTheAgent = rule(
  z.object({
    Channel: z.literal("EMAIL"),
    InitiationMethod: z.enum(["OUTBOUND", "AGENT_REPLY"]),
    UserInfo: z.object({ UserId: z.unknown().optional() }).optional(),
  }),
  ({ InitiationMethod, UserInfo }, refuse) => {
    if (UserInfo?.UserId !== undefined) return;
    const place = UserInfo === undefined ? ["UserInfo"] : ["UserInfo", "UserId"];
    refuse(
      place,
      "required",
      `is required: an e-mail with the initiation method ${InitiationMethod} is in the hands of a user`,
    );
  },
);

const replyNamesTheContactItAnswers = rule(
  z.object({ InitiationMethod: z.literal("AGENT_REPLY"), RelatedContactId: z.unknown().optional() }),
  ({ RelatedContactId }, refuse) => {
    if (RelatedContactId !== undefined) return;
    refuse(
      ["RelatedContactId"],
      "required",
      "is required with the initiation method AGENT_REPLY: a reply answers a contact",
    );
  },
);

const onlyTasksStartCompleted = rule(
  z.object({ Channel: z.enum(["VOICE", "EMAIL"]), InitiateAs: z.literal("COMPLETED") }),
  (_members, refuse) => refuse(["InitiateAs"], "conflict", "may be COMPLETED only with the channel TASK"),
);

const onlyExternalAudioHasAPreviousContact = rule(
  z.object({ Channel: z.enum(["TASK", "EMAIL"]), PreviousContactId: z.unknown().optional() }),
  ({ PreviousContactId }, refuse) => {
    if (PreviousContactId === undefined) return;
    refuse(["PreviousContactId"], "conflict", "must be left out but for external audio, which has the channel VOICE");
  },
);

/** What CreateContact asks of an e-mail beyond the API model, whether it stands alone or is the draft of an outbound e-mail. */
export const EMAIL_CONTACT_RULES = [
  agentEmailNamesTheAgent,
  replyNamesTheContactItAnswers,
  onlyTasksStartCompleted,
  onlyExternalAudioHasAPreviousContact,
] as const;
