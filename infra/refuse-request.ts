import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { printReadable } from "#shared/contract/print-readable.ts";

/** What stands in a text, or in a list of texts, for a value that is known at deployment only. */
const UNKNOWN_YET = /[$#]\{Token\[/;

/** Throws, at synth, if what will be sent is no contact request. `sender` is the path of the construct that sends it. */
export function refuseRequest(request: unknown, sender: string): void {
  if (UNKNOWN_YET.test(JSON.stringify(request))) return;
  const parsed = parseContactRequest(request);
  if (parsed.ok) return;
  const sentences = parsed.error.map(printReadable).map(({ path, message }) => `  ${path} ${message}`);
  throw new Error([`What ${sender} sends is no contact request.`, ...sentences].join("\n"));
}
