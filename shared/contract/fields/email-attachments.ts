import * as z from "zod";
import { rule } from "../rule.ts";
import { text } from "./text.ts";

const fileName = text({ min: 1, max: 256 }).regex(/^\P{C}*$/u, {
  error: "must not contain control characters, invisible format characters or characters that Unicode does not define",
});

const isHttps = (value: string): boolean => /^https:\/\/\S+$/u.test(value) && URL.canParse(value);

const preSignedUrl = text({ min: 1, max: 2000 }).check(
  rule(z.string().min(1), (value, refuse) => {
    if (!isHttps(value)) refuse([], "pattern", "must be a pre-signed URL that begins with https://");
  }),
);

/** Files of an inbound e-mail, which Amazon Connect fetches from S3. */
export const emailAttachments = z
  .array(z.strictObject({ FileName: fileName, S3Url: preSignedUrl }))
  .min(1)
  .max(50);
