import type { ContactRequest } from "../contract/contact-request.ts";
import { isS3Url } from "../contract/fields/s3-url.ts";
import type { Failure } from "../failures/failure.ts";
import { failed, type Result, succeeded } from "../result.ts";
import type { Attachments } from "./ports/attachments.ts";

/**
 * The request as Connect gets it: each attachment that is named by `s3://bucket/key` by its pre-signed URL. To be done
 * at the moment of the call, since such a URL expires, and after the content hash was taken, since each is another text.
 */
export async function signAttachments(
  request: ContactRequest,
  attachments: Attachments,
): Promise<Result<ContactRequest, Failure>> {
  if (request.operation !== "StartEmailContact" || request.input.Attachments === undefined) return succeeded(request);
  const signed: typeof request.input.Attachments = [];
  for (const [index, attachment] of request.input.Attachments.entries()) {
    const url = isS3Url(attachment.S3Url) ? await attachments.sign(attachment.S3Url) : succeeded(attachment.S3Url);
    if (!url.ok) return failed({ ...url.error, message: `input.Attachments[${index}].S3Url: ${url.error.message}` });
    signed.push({ ...attachment, S3Url: url.value });
  }
  return succeeded({ ...request, input: { ...request.input, Attachments: signed } });
}
