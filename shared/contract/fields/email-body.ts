import { text } from "./text.ts";

/**
 * An e-mail's body. Body and attachments may be 25 MB together; a body of this length alone cannot exceed that (5,242,880
 * characters are at most 20 MiB of UTF-8), and how large the attachments are only Amazon Connect can see.
 */
export const emailBody = text({ min: 1, max: 5_242_880 });
