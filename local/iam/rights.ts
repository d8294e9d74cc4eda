import type { StackIdentity } from "../template/stack-identity.ts";
import { TemplateError } from "../template/template-error.ts";
import type { RoleSession } from "./principal.ts";
import type { Statement } from "./statement.ts";

/** What the template says about who may do what. Resources write it down as they are made. */
export class Rights {
  readonly #accountId: string;
  readonly #ofRoles = new Map<string, Statement[]>();
  readonly #trust = new Map<string, readonly Statement[]>();
  readonly #ofResources = new Map<string, readonly Statement[]>();
  readonly #managedPolicies = new Map<string, readonly Statement[]>();
  readonly #sessions = new Map<string, RoleSession>();
  readonly #keys = new Map<string, string>();
  readonly #keyArns = new Map<string, string>();
  readonly #partitionKeys = new Map<string, string>();

  constructor({ accountId }: StackIdentity) {
    this.#accountId = accountId;
  }

  /** `trust` says who may take on the role. */
  addRole(roleArn: string, trust: readonly Statement[]): void {
    this.#trust.set(roleArn, trust);
  }

  attach(roleName: string, statements: readonly Statement[]): void {
    this.#ofRoles.set(roleName, [...this.ofRole(roleName), ...statements]);
  }

  addManagedPolicy(policyArn: string, statements: readonly Statement[]): void {
    this.#managedPolicies.set(policyArn, statements);
  }

  /** Throws a TemplateError for a policy that is not the template's own: what it allows is written nowhere here. */
  attachManagedPolicy(roleName: string, policyArn: string): void {
    const statements = this.#managedPolicies.get(policyArn);
    if (statements === undefined)
      throw new TemplateError(
        `property ManagedPolicyArns: what ${policyArn} allows is not in the template, so the local runner cannot know it. Write its statements into a policy of the template.`,
      );
    this.attach(roleName, statements);
  }

  /** A function works under its role. Throws a TemplateError if Lambda may not take it on. */
  letAssume(accessKeyId: string, functionName: string, roleArn: string): RoleSession {
    const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
    this.#mayLambdaAssume(roleArn);
    const session: RoleSession = {
      kind: "role",
      accountId: this.#accountId,
      roleName,
      roleArn,
      sessionArn: `arn:aws:sts::${this.#accountId}:assumed-role/${roleName}/${functionName}`,
    };
    this.#sessions.set(accessKeyId, session);
    return session;
  }

  /** Undefined for whoever is not of the stack: people and the runner itself are the account's administrators. */
  sessionOf(accessKeyId: string): RoleSession | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /** CloudFormation puts one policy on a resource, and the next in the place of the first: that is never meant. */
  setResourcePolicy(arn: string, statements: readonly Statement[]): void {
    if (this.#ofResources.has(arn)) throw new TemplateError(`${arn} has two policies, and AWS keeps one.`);
    this.#ofResources.set(arn, statements);
  }

  ofRole(roleName: string): readonly Statement[] {
    return this.#ofRoles.get(roleName) ?? [];
  }

  /** An object's policy is its bucket's. */
  ofResource(arn: string): readonly Statement[] {
    return this.#ofResources.get(withoutObject(arn)) ?? [];
  }

  /** A key may be named by its id, its ARN, an alias, or the ARN of an alias. */
  nameKey(name: string, keyArn: string): void {
    this.#keyArns.set(name, keyArn);
  }

  encrypt(resourceArn: string, keyName: string): void {
    this.#keys.set(resourceArn, keyName);
  }

  /** The key that a bucket with its objects, or a table, is encrypted with, by whatever name the template has for it. */
  keyNameOf(resourceArn: string): string | undefined {
    return this.#keys.get(withoutObject(resourceArn));
  }

  /** A name that the template does not know is taken for a key's ARN, whose policy nobody knows then. */
  keyArnOf(keyName: string): string {
    return this.#keyArns.get(keyName) ?? keyName;
  }

  setPartitionKey(tableArn: string, name: string): void {
    this.#partitionKeys.set(tableArn, name);
  }

  partitionKeyOf(tableArn: string): string | undefined {
    return this.#partitionKeys.get(tableArn);
  }

  #mayLambdaAssume(roleArn: string): void {
    const lambda = { kind: "service", name: "lambda.amazonaws.com" } as const;
    const asked = { action: "sts:AssumeRole", resource: roleArn, context: new Map() };
    const trust = this.#trust.get(roleArn);
    if (trust === undefined) throw new TemplateError(`property Role: the template has no role ${roleArn}.`);
    const meant = trust.filter((statement) => statement.means(lambda) === "by-name" && statement.speaksOf(asked));
    if (meant.length > 0 && meant.every(({ effect }) => effect === "Allow")) return;
    throw new TemplateError(`property Role: ${roleArn} cannot be assumed by lambda.amazonaws.com.`);
  }
}

/** `arn:aws:s3:::BUCKET/KEY` → the bucket's; any other ARN as it is. */
const withoutObject = (arn: string): string => (arn.startsWith("arn:aws:s3:::") ? (arn.split("/")[0] ?? arn) : arn);
