import type { Asked } from "./decide.ts";

/** A refusal for want of a right. */
export interface Denial {
  /** What was refused; undefined if the runner does not know what the request asks for. */
  readonly action?: string;
  /** AWS's sentence: who, what, on what, and why not. */
  readonly message: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function denial({ principal, access: { action, resource } }: Asked, why: string): Denial {
  const user = principal.kind === "role" ? principal.sessionArn : principal.name;
  return { action, message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${why}` };
}
