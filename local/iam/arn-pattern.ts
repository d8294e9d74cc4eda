import { wildcard } from "./wildcard.ts";

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; the last part may hold colons of its own. */
const PARTS = 6;

/**
 * Whether an ARN is as the pattern says. Each part is compared by itself, so that a `*` never reaches over a colon into
 * the next one; parts that an incomplete pattern leaves out may be anything.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnPattern(pattern: string): (arn: string) => boolean {
  if (pattern === "*") return () => true;
  const parts = partsOf(pattern).map((part) => wildcard(part));
  return (arn) => {
    const given = partsOf(arn);
    return given.length === PARTS && parts.every((matches, index) => matches(given[index] ?? ""));
  };
}

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= PARTS ? parts : [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(":")];
}
