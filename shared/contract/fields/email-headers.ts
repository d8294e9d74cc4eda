import * as z from "zod";
import { text } from "./text.ts";

const header = z.enum(["REFERENCES", "MESSAGE_ID", "IN_REPLY_TO", "X_SES_SPAM_VERDICT", "X_SES_VIRUS_VERDICT"]);

/** The headers of an inbound e-mail that Amazon Connect takes over. */
export const emailHeaders = z.partialRecord(header, text({ min: 1, max: 20_000 }));
