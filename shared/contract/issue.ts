/**
 * One step from a message's root to the place of an issue. A `member` is a name that the contract knows; an `entry` is a
 * key that the upstream chose (of a map, or an unknown member), so it may hold personal data. `position` counts from 0, as
 * `index` does: it is the key's place in its object as written (JavaScript puts keys that are whole numbers first).
 */
export type PathSegment =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "entry"; readonly key: string; readonly position: number };

/** One thing that is wrong with a message. `message` is a sentence that names the rule and never the value. */
export interface Issue {
  readonly path: readonly PathSegment[];
  readonly code: IssueCode;
  readonly message: string;
}

/**
 * - `required`: something that must be there is missing
 * - `unknown-member`: a name that the contract does not know
 * - `wrong-type`: another kind of JSON value than the rule asks for
 * - `too-short`, `too-long`: texts (characters, or bytes where the message says so) and lists (items)
 * - `too-small`, `too-large`: numbers, and the size of a whole map or request
 * - `pattern`: a text that has not the form it must have
 * - `not-allowed`: a value outside of a fixed set
 * - `too-deep`: values nested in values beyond the limit
 * - `conflict`: each member is right, together they are not
 */
export const ISSUE_CODES = [
  "required",
  "unknown-member",
  "wrong-type",
  "too-short",
  "too-long",
  "too-small",
  "too-large",
  "pattern",
  "not-allowed",
  "too-deep",
  "conflict",
] as const;

export type IssueCode = (typeof ISSUE_CODES)[number];

/** An issue as it is printed and stored: the path is one string. */
export interface PrintedIssue {
  readonly path: string;
  readonly code: IssueCode;
  readonly message: string;
}
