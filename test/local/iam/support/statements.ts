import { type Asked, type Decision, decide } from "#local/iam/decide.ts";
import type { Principal, RoleSession } from "#local/iam/principal.ts";
import { readPolicy } from "#local/iam/read-policy.ts";
import { access } from "#local/iam/wanted.ts";

export const QUEUE = "arn:aws:sqs:us-east-1:111122223333:work";
export const KEY = "arn:aws:kms:us-east-1:111122223333:key/k";
export const ROLE_ARN = "arn:aws:iam::111122223333:role/worker";

export const WORKER: RoleSession = {
  kind: "role",
  accountId: "111122223333",
  roleName: "worker",
  roleArn: ROLE_ARN,
  sessionArn: "arn:aws:sts::111122223333:assumed-role/worker/function",
};

export const EVENTS: Principal = { kind: "service", name: "events.amazonaws.com" };

type Written = Readonly<Record<string, unknown>>;

/** Somebody asks to do something, by default the worker to send to the queue. */
export const asks = (principal: Principal = WORKER, action = "sqs:SendMessage", resource = QUEUE): Asked => ({
  principal,
  access: access(action, resource),
});

/** What is decided by the statements of the role and those of the resource; each allows unless it says otherwise. */
export function decided(
  asked: Asked,
  { role = [], resource = [] }: { role?: Written[]; resource?: Written[] },
): Decision {
  const read = (statements: Written[], place: "role" | "resource") =>
    readPolicy({ Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })) }, place);
  const ofRole = read(role, "role");
  const ofResource = read(resource, "resource");
  return decide(asked, { accountId: "111122223333", ofRole: () => ofRole, ofResource: () => ofResource });
}
