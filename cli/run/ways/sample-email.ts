import { type ContactRequest, parseContactRequest } from "#shared/contract/contact-request.ts";
import { sampleFile } from "./sample-file.ts";

type EmailRequest = Extract<ContactRequest, { operation: "StartEmailContact" }>;

/** The inbound e-mail in a sample file. Throws an Error for a file that holds something else. */
export async function sampleEmail(name: string): Promise<EmailRequest> {
  const parsed = parseContactRequest(JSON.parse(await sampleFile(name)));
  if (parsed.ok && parsed.value.operation === "StartEmailContact") return parsed.value;
  throw new Error(`samples/ways-in/${name} must hold a request for StartEmailContact.`);
}
