import { describe, test } from "@jest/globals";
import { anEmailContactRequest } from "#test/support/a-contact-request.ts";
import { checkInput, type InputCase } from "./check-input.ts";
import { someRecipients } from "./some-recipients.ts";

describe("the prose rules of StartEmailContact", () => {
  const raw = { Subject: "", Body: "b", ContentType: "text/plain" };
  const message = (RawMessage: unknown) => ({ EmailMessage: { MessageSourceType: "RAW", RawMessage } });
  const attachment = (S3Url: string, FileName = "a.pdf") => ({ Attachments: [{ FileName, S3Url }] });
  const at = "input.EmailMessage.RawMessage";

  test.each<InputCase>([
    ["an empty subject", message({ ...raw, Subject: "" }), []],
    ["text/html", message({ ...raw, ContentType: "text/html" }), []],
    ["another content type", message({ ...raw, ContentType: "text/markdown" }), [`${at}.ContentType not-allowed`]],
    [
      "a content type with parameters",
      message({ ...raw, ContentType: "text/html; charset=utf-8" }),
      [`${at}.ContentType not-allowed`],
    ],
    ["no RawMessage", { EmailMessage: { MessageSourceType: "RAW" } }, [`${at} required`]],
    [
      "a template",
      { EmailMessage: { MessageSourceType: "TEMPLATE", RawMessage: raw } },
      ["input.EmailMessage.MessageSourceType not-allowed"],
    ],
    [
      "a header that is unknown",
      message({ ...raw, Headers: { "X-MAILER": "x" } }),
      [`${at}.Headers["X-MAILER"] not-allowed`],
    ],
    [
      "50 recipients",
      { AdditionalRecipients: { ToAddresses: someRecipients(29), CcAddresses: someRecipients(20) } },
      [],
    ],
    [
      "51 recipients",
      { AdditionalRecipients: { ToAddresses: someRecipients(30), CcAddresses: someRecipients(20) } },
      ["input.AdditionalRecipients too-long"],
    ],
    [
      "a Bcc",
      { AdditionalRecipients: { BccAddresses: someRecipients(1) } },
      ['input.AdditionalRecipients["BccAddresses"] unknown-member'],
    ],
    ["an attachment", attachment("https://b.s3.eu-central-1.amazonaws.com/k?X-Amz-Signature=0"), []],
    ["an attachment with http", attachment("http://b.s3.amazonaws.com/k"), ["input.Attachments[0].S3Url pattern"]],
    ["an attachment in S3", attachment("s3://my.bucket-1/2026/Über uns/a b?#%.pdf"), []],
    ["an attachment in S3 without a key", attachment("s3://bucket/"), ["input.Attachments[0].S3Url pattern"]],
    ["an attachment in S3 without a bucket", attachment("s3:///key"), ["input.Attachments[0].S3Url pattern"]],
    ["an attachment in a bucket in capitals", attachment("s3://Bucket/key"), ["input.Attachments[0].S3Url pattern"]],
    ["an attachment above its folder", attachment("s3://bucket/a/../b"), ["input.Attachments[0].S3Url pattern"]],
    ["an attachment in its folder", attachment("s3://bucket/./b"), ["input.Attachments[0].S3Url pattern"]],
    ["an attachment with dots in its name", attachment("s3://bucket/..a/b..pdf"), []],
    ["an attachment under a key of 1,024 bytes", attachment(`s3://bucket/${"k".repeat(1_024)}`), []],
    [
      "an attachment under a key of 1,025 bytes",
      attachment(`s3://bucket/é${"k".repeat(1_023)}`),
      ["input.Attachments[0].S3Url pattern"],
    ],
    [
      "an attachment whose URL has a space",
      attachment("https://b.s3.amazonaws.com/a b"),
      ["input.Attachments[0].S3Url pattern"],
    ],
    ["an attachment whose URL has no host", attachment("https://"), ["input.Attachments[0].S3Url pattern"]],
    [
      "a URL of 2,001 characters",
      attachment("https://b.co/".padEnd(2001, "x")),
      ["input.Attachments[0].S3Url too-long"],
    ],
    [
      "a file name with a control character",
      attachment("https://b.co/k", "a\u0007b"),
      ["input.Attachments[0].FileName pattern"],
    ],
    [
      "all types of references",
      {
        References: {
          a: { Type: "URL", Value: "https://a.co" },
          b: { Type: "NUMBER", Value: "1" },
          c: { Type: "STRING", Value: "x" },
          d: { Type: "DATE", Value: "0" },
        },
      },
      [],
    ],
    [
      "a reference to an attachment",
      { References: { a: { Type: "ATTACHMENT" } } },
      ['input.References["a"].Type not-allowed'],
    ],
  ])("%s", checkInput(anEmailContactRequest()));
});
