import { startEmailContactInput } from "#shared/contract/start-email-contact.ts";
import { published } from "./published.ts";

const attachments = startEmailContactInput.shape.Attachments.unwrap();
const recipients = startEmailContactInput.shape.AdditionalRecipients.unwrap();

const FILE_URL = "^(?:https://\\S+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[\\s\\S]+)$";

/** Names StartEmailContact's input, and writes what can be said about its attachments. */
export const publishStartEmailContact = (): void => {
  published.add(startEmailContactInput, {
    id: "StartEmailContactInput",
    description:
      "An inbound e-mail: from a customer to an address of the instance. https://docs.aws.amazon.com/connect/latest/APIReference/API_StartEmailContact.html",
  });
  published.add(recipients, { description: "At most 49 in both lists together: the destination is the fiftieth." });
  published.add(attachments, { description: "Files of the e-mail, which Amazon Connect fetches from S3." });
  published.add(attachments.element.shape.S3Url, {
    description:
      "A pre-signed URL with https, or an object as s3://bucket/key in a bucket that the deployment allows: it is pre-signed at the moment of the call.",
    also: { pattern: FILE_URL, not: { pattern: "^s3://[\\s\\S]*/\\.\\.?(?:/|$)" } },
  });
  published.add(attachments.element.shape.FileName, {
    description: "Without control characters, invisible format characters and characters that Unicode does not define.",
    // The contract's own pattern names a Unicode category, which Python's and other regular expressions do not know.
    also: { pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f]*$" },
  });
};
