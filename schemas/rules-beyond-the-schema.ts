import type { IssueCode } from "#shared/contract/issue.ts";

/** A rule of the contract that JSON Schema cannot express, or not so that every language's validator understands it. */
export interface RuleBeyondTheSchema {
  /** The end of the issue's path, with `*` for a map's key and `[]` for an item; empty for the message as a whole. */
  readonly where: string;
  readonly code: IssueCode;
  /** Words of the issue's message that no other issue at that place has. */
  readonly says: string;
  /** The rule, as docs/message-contract.md prints it. */
  readonly rule: string;
}

/** Stands for every text and every key of a map. */
export const ANY_TEXT = "any text or key";

/**
 * Everything in which the contract refuses more than the published schema. A test holds the list complete and free of dead
 * entries, and docs/message-contract.md prints it.
 */
export const RULES_BEYOND_THE_SCHEMA: readonly RuleBeyondTheSchema[] = [
  {
    where: "",
    code: "too-large",
    says: "must hold at most 20000 values",
    rule: "No request holds more than 20,000 JSON values in all.",
  },
  {
    where: ANY_TEXT,
    code: "pattern",
    says: "must be well-formed Unicode",
    rule: "Text holds no half of a surrogate pair.",
  },
  {
    where: "notBefore",
    code: "conflict",
    says: "must be before expiresAt",
    rule: "`notBefore` is before `expiresAt`.",
  },
  {
    where: "sendingHours.timeZone",
    code: "not-allowed",
    says: "the name of a time zone in the IANA database",
    rule: "The time zone is one of the IANA database.",
  },
  {
    where: "sendingHours.to",
    code: "conflict",
    says: "must differ from from",
    rule: "`to` differs from `from`.",
  },
  {
    where: "Attributes",
    code: "too-large",
    says: "at most 32768 bytes",
    rule: "All keys and values together are at most 32,768 bytes of UTF-8.",
  },
  {
    where: "References",
    code: "too-large",
    says: "at most 4096 bytes",
    rule: "All keys and values together are at most 4,096 bytes of UTF-8.",
  },
  {
    where: "References.*.Value",
    code: "pattern",
    says: "must be a URL with its scheme",
    rule: "With the type `URL` it is a URL by the WHATWG URL Standard. The schema asks for a scheme and no white space.",
  },
  {
    where: "AdditionalRecipients",
    code: "too-long",
    says: "must hold at most 49 recipients in all",
    rule: "`ToAddresses` and `CcAddresses` hold at most 49 recipients together.",
  },
  {
    where: "Attachments.[].FileName",
    code: "pattern",
    says: "must not contain control characters, invisible format characters",
    rule: "No invisible format characters, and none that Unicode does not define. The schema refuses control characters.",
  },
  {
    where: "Attachments.[].S3Url",
    code: "pattern",
    says: "must be a pre-signed URL",
    rule: "Behind `https://` it is a URL by the WHATWG URL Standard. The schema refuses white space.",
  },
  {
    where: "Attachments.[].S3Url",
    code: "pattern",
    says: "must name an object as s3://bucket/key",
    rule: "The key of an `s3://bucket/key` is at most 1,024 bytes of UTF-8.",
  },
];
