import * as z from "zod";
import { emailAddressInfo } from "./email-address-info.ts";

export const emailRecipients = z.array(emailAddressInfo).min(1).max(50);
