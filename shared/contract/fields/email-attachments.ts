import * as z from "zod";
import { rule } from "../rule.ts";
import { isS3Url, parseS3Url } from "./s3-url.ts";
import { text } from "./text.ts";

const fileName = text({ min: 1, max: 256 }).regex(/^\P{C}*$/u, {
  error: "must not contain control characters, invisible format characters or characters that Unicode does not define",
});

const isHttps = (value: string): boolean => /^https:\/\/\S+$/u.test(value) && URL.canParse(value);

/** A pre-signed URL, which can expire while its message waits, or an object that is pre-signed at the moment of the call. */
const fileUrl = text({ min: 1, max: 2000 }).check(
  rule(z.string().min(1), (value, refuse) => {
    if (isHttps(value) || parseS3Url(value) !== undefined) return;
    const sentence = isS3Url(value)
      ? "must name an object as s3://bucket/key, with the key as S3 has it and without . or .. between slashes"
      : "must be a pre-signed URL that begins with https://, or s3://bucket/key";
    refuse([], "pattern", sentence);
  }),
);

/** Files of an inbound e-mail, which Amazon Connect fetches from S3. */
export const emailAttachments = z
  .array(z.strictObject({ FileName: fileName, S3Url: fileUrl }))
  .min(1)
  .max(50);
