import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { printReadable } from "#shared/contract/print-readable.ts";

/** What the contract finds in a candidate, as "path code", in its order; an empty list means that it is let through. */
export const issuesIn = (candidate: unknown): readonly string[] => {
  const parsed = parseContactRequest(candidate);
  return parsed.ok
    ? []
    : parsed.error.map((issue) => {
        const { path, code } = printReadable(issue);
        return `${path} ${code}`.trimStart();
      });
};
