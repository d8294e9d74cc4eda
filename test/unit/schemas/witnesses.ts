import { anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";

const recipients = (count: number) => Array.from({ length: count }, () => ({ EmailAddress: "ada@example.com" }));

const attached = (attachment: object) => ({
  ...anEmailContactRequest(),
  input: {
    ...anEmailContactRequest().input,
    Attachments: [{ FileName: "invoice.pdf", S3Url: "https://example.com/invoice.pdf", ...attachment }],
  },
});

const hours = (sendingHours: object) => ({ ...aTaskRequest(), sendingHours });

/**
 * A request for each rule beyond the schema, by where the rule holds and what it says: the schema lets it through, and the
 * contract refuses it for that rule alone.
 */
export const WITNESSES: Readonly<Record<string, unknown>> = {
  " must hold at most 20000 values": aTaskRequest({
    input: { SegmentAttributes: { "connect:List": { ValueList: Array.from({ length: 20_000 }, () => ({})) } } },
  }),
  "any text or key must be well-formed Unicode": aTaskRequest({ input: { Name: "cut \ud83d" } }),
  "notBefore must be before expiresAt": aTaskRequest({
    notBefore: "2026-12-01T09:00:00Z",
    expiresAt: "2026-12-01T10:00:00+01:00",
  }),
  "sendingHours.timeZone the name of a time zone in the IANA database": hours({
    from: "09:00",
    to: "20:00",
    timeZone: "Europe/Atlantis",
  }),
  "sendingHours.to must differ from from": hours({ from: "09:00", to: "09:00", timeZone: "UTC" }),
  "Attributes at most 32768 bytes": aTaskRequest({ input: { Attributes: { a: "ä".repeat(16_384) } } }),
  "References at most 4096 bytes": aTaskRequest({
    input: { References: { a: { Type: "STRING", Value: "ä".repeat(2048) } } },
  }),
  "References.*.Value must be a URL with its scheme": aTaskRequest({
    input: { References: { a: { Type: "URL", Value: "https://[" } } },
  }),
  "AdditionalRecipients must hold at most 49 recipients in all": anEmailContactRequest({
    input: { AdditionalRecipients: { ToAddresses: recipients(25), CcAddresses: recipients(25) } },
  }),
  "Attachments.[].FileName must not contain control characters, invisible format characters": attached({
    FileName: "in\u200bvoice.pdf",
  }),
  "Attachments.[].S3Url must be a pre-signed URL": attached({ S3Url: "https://[" }),
  "Attachments.[].S3Url must name an object as s3://bucket/key": attached({ S3Url: `s3://bucket/${"ä".repeat(513)}` }),
};
