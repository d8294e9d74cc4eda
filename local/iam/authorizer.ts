import { objectExists } from "../fauxqs/object-exists.ts";
import type { Fauxqs } from "../fauxqs/start-fauxqs.ts";
import type { StackIdentity } from "../template/stack-identity.ts";
import type { Access } from "./access.ts";
import type { Call } from "./call.ts";
import type { CallPlace } from "./call-place.ts";
import { type Asked, type Decision, decide, type Policies } from "./decide.ts";
import { type Denial, denial } from "./denial.ts";
import { keyAccesses } from "./key-accesses.ts";
import type { Principal, RoleSession } from "./principal.ts";
import { QueuePolicies } from "./queue-policies.ts";
import type { Rights } from "./rights.ts";
import { access } from "./wanted.ts";
import { wantedOf } from "./wanted-of.ts";

/** A service of AWS that acts by itself, for one of its resources: a rule, a topic. */
export interface ActingService {
  /** `events.amazonaws.com` */
  readonly principal: string;
  readonly sourceArn: string;
}

/** What decisions are made from, besides what the services hold. */
export interface AccessParts {
  readonly stack: StackIdentity;
  readonly rights: Rights;
  /** Hears of everything that somebody other than an administrator asks for. */
  readonly onAsked?: ((asked: Asked, decision: Decision) => void) | undefined;
}

export interface AuthorizerParts extends AccessParts {
  readonly fauxqs: Pick<Fauxqs, "sqsStore" | "s3Store">;
}

/** `alias/aws/sqs`, or its ARN. */
const AWS_MANAGED_KEY = /(?:^|:)alias\/aws\//;

/** Decides who may do what, from what the template says and what the services hold at this moment. */
export class Authorizer {
  readonly policies: Policies;
  readonly #parts: AuthorizerParts;
  readonly #queues: QueuePolicies;
  readonly #place: CallPlace;

  constructor(parts: AuthorizerParts) {
    const { stack, rights, fauxqs } = parts;
    this.#parts = parts;
    this.#queues = new QueuePolicies(fauxqs.sqsStore);
    this.#place = {
      region: stack.region,
      accountId: stack.accountId,
      objectExists: (bucket, key) => objectExists(fauxqs.s3Store, bucket, key),
      partitionKeyOf: (tableArn) => rights.partitionKeyOf(tableArn),
    };
    this.policies = {
      accountId: stack.accountId,
      ofRole: (roleName) => rights.ofRole(roleName),
      ofResource: (arn) => (arn.startsWith("arn:aws:sqs:") ? this.#queues.of(arn) : rights.ofResource(arn)),
    };
  }

  /** Undefined for the account's administrators, who may do everything. */
  sessionOf(accessKeyId: string): RoleSession | undefined {
    return this.#parts.rights.sessionOf(accessKeyId);
  }

  /** Why a function may not make this call, or undefined if it may. */
  refuseCall(session: RoleSession, service: string, call: Call): Denial | undefined {
    const wanted = wantedOf(service, call, this.#place);
    if (wanted.kind === "accesses") return this.refuse(session, wanted.accesses);
    return {
      message: `User: ${session.sessionArn} is not authorized, since what it asks for is not known. ${wanted.sentence}`,
    };
  }

  /** Why a service may not put a message into a queue, or undefined if it may: by the queue's policy and its key's. */
  refuseSend({ principal, sourceArn }: ActingService, queueArn: string): Denial | undefined {
    const context = {
      "aws:SourceArn": sourceArn,
      "aws:SourceAccount": sourceArn.split(":")[4] || undefined,
      "aws:PrincipalIsAWSService": true,
      "aws:PrincipalServiceName": principal,
    };
    return this.refuse({ kind: "service", name: principal }, [access("sqs:SendMessage", queueArn, context)]);
  }

  /** The first of the accesses that is denied, those to the keys behind them too. */
  refuse(principal: Principal, accesses: readonly Access[]): Denial | undefined {
    for (const wanted of accesses) {
      for (const each of [wanted, ...this.#ofKey(principal, wanted)]) {
        const asked = { principal, access: this.#inContext(principal, each) };
        const decision = decide(asked, this.policies);
        this.#parts.onAsked?.(asked, decision);
        if (!decision.allowed) return denial(asked, decision.why);
      }
    }
    return undefined;
  }

  #ofKey(principal: Principal, wanted: Access): readonly Access[] {
    const { rights } = this.#parts;
    const keyName = this.#queues.keyNameOf(wanted.resource) ?? rights.keyNameOf(wanted.resource);
    if (keyName === undefined) return [];
    // The policies of AWS's own keys let in the account, and no service.
    if (AWS_MANAGED_KEY.test(keyName) && principal.kind === "role") return [];
    return keyAccesses(wanted, rights.keyArnOf(keyName));
  }

  #inContext(principal: Principal, { action, resource, context }: Access): Access {
    const common = access(action, resource, {
      // The endpoint speaks plain HTTP, since nothing leaves this machine; in AWS the same clients speak TLS.
      "aws:SecureTransport": true,
      "aws:RequestedRegion": this.#place.region,
      "aws:ResourceAccount": this.#place.accountId,
      ...(principal.kind === "role" && {
        "aws:PrincipalArn": principal.roleArn,
        "aws:PrincipalAccount": principal.accountId,
        "aws:PrincipalIsAWSService": false,
      }),
    });
    return { action, resource, context: new Map([...common.context, ...context]) };
  }
}
