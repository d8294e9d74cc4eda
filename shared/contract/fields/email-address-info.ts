import * as z from "zod";
import { emailAddress } from "./email-address.ts";
import { text } from "./text.ts";

/** An e-mail address and the name that is shown with it. */
export const emailAddressInfo = z.strictObject({
  EmailAddress: emailAddress,
  DisplayName: text({ max: 256 }).optional(),
});
