import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { type Asked, decide, type Policies } from "#local/iam/decide.ts";
import type { Principal, RoleSession } from "#local/iam/principal.ts";
import { readPolicy } from "#local/iam/read-policy.ts";
import type { Statement } from "#local/iam/statement.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import { asFunction } from "#test/local/iam/support/as-function.ts";
import { aLocalDeployment, type LocalDeployment, type Template } from "#test/support/a-local-deployment.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";
import { ATTACHMENT_BUCKET, addSender, useEveryRight } from "#test/support/use-every-right.ts";

const QUOTA = { ratePerSecond: 50, burst: 20 };
const OPTIONS = {
  settings: {
    quotas: {
      StartEmailContact: QUOTA,
      StartOutboundEmailContact: QUOTA,
      CreateContact: QUOTA,
      StartOutboundChatContact: QUOTA,
    },
    attachmentBuckets: [ATTACHMENT_BUCKET],
    callTimeoutSeconds: 1,
    closingTimeSeconds: 1,
    retry: { backoffBaseSeconds: 0.05, backoffMaxSeconds: 1 },
  },
  connect: { settings: { quota: { all: QUOTA } } },
};

/** A sender in another account, which lets it do everything. */
const PARTNER: RoleSession = {
  kind: "role",
  accountId: "444455556666",
  roleName: "partner",
  roleArn: "arn:aws:iam::444455556666:role/partner",
  sessionArn: "arn:aws:sts::444455556666:assumed-role/partner/session",
};
const EVERYTHING = readPolicy({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }, "role");

describe("in a run that uses every right", () => {
  /** Each once. */
  const asked = new Map<string, Asked>();
  const denials: string[] = [];
  let deployment: LocalDeployment;

  beforeAll(async () => {
    deployment = await aLocalDeployment({
      ...OPTIONS,
      settings: { ...OPTIONS.settings, senders: [PARTNER.roleArn] },
      changeTemplate: addSender,
      onAsked: (each, decision) => {
        const { principal, access } = each;
        asked.set(JSON.stringify([principal, access.action, access.resource, [...access.context]]), each);
        if (!decision.allowed) denials.push(`${access.action} on ${access.resource} ${decision.why}`);
      },
    });
    await useEveryRight(deployment);
    // Nobody signs in from another account on one machine: the partner asks for what the sender here asked for.
    for (const [key, { principal, access }] of [...asked]) {
      if (!isFunction(principal, "sender")) continue;
      asked.set(`partner ${key}`, { principal: PARTNER, access });
    }
  });

  afterAll(async () => {
    await deployment.stop();
  });

  test("nothing is denied", () => {
    expect(denials).toEqual([]);
  });

  test("a sender of another account may do what one of this account may", () => {
    const asPartner = [...asked.values()].filter(({ principal }) => principal === PARTNER);
    const policies = knowingThePartner(deployment.system.policies);
    expect(new Set(asPartner.map(({ access }) => access.action))).toEqual(
      new Set(["sqs:GetQueueUrl", "sqs:SendMessage", "s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"]),
    );
    expect(asPartner.filter((each) => !decide(each, policies).allowed).map(({ access }) => access)).toEqual([]);
  });

  test("everybody takes part: each worker, the senders, EventBridge", () => {
    const sessions = [...asked.values()].map(({ principal }) =>
      principal.kind === "role" ? principal.sessionArn.split("/").at(-1) : principal.name,
    );
    const workers = OPERATIONS.map((operation) => `contact-requests-${operation}`);
    expect(new Set(sessions)).toEqual(new Set([...workers, "sender", "session", "events.amazonaws.com"]));
  });

  test("each statement that allows something is missed when it is taken away", () => {
    const policies = knowingThePartner(deployment.system.policies);
    const every = [...asked.values()];
    const isMissed = (statement: Statement): boolean =>
      every.some((each) => !decide(each, without(statement, policies)).allowed);
    const statements = statementsFor(every, policies).filter(({ effect }) => effect === "Allow");
    // Rights to the queues, log, key, payloads, state, bus and API of each worker, at the least.
    expect(statements.length).toBeGreaterThan(8 * OPERATIONS.length);
    expect(statements.filter((statement) => !isMissed(statement)).map(({ written }) => written)).toEqual([]);
  });
});

const isFunction = (principal: Principal, name: string): boolean =>
  principal.kind === "role" && principal.sessionArn.endsWith(`/${name}`);

const actionOf = ({ access }: Asked): string => access.action;

const knowingThePartner = ({ accountId, ofRole, ofResource }: Policies): Policies => ({
  accountId,
  ofRole: (name) => (name === PARTNER.roleName ? EVERYTHING : ofRole(name)),
  ofResource,
});

/** Those of everybody who asked for something, and of everything that was asked for. */
function statementsFor(asked: readonly Asked[], policies: Policies): readonly Statement[] {
  const roles = new Set(asked.flatMap(({ principal }) => (principal.kind === "role" ? [principal.roleName] : [])));
  const resources = new Set(asked.map(({ access }) => access.resource));
  return [...new Set([...[...roles].flatMap(policies.ofRole), ...[...resources].flatMap(policies.ofResource)])];
}

function without(taken: Statement, { accountId, ofRole, ofResource }: Policies): Policies {
  const left = (statements: readonly Statement[]) => statements.filter((statement) => statement !== taken);
  return { accountId, ofRole: (name) => left(ofRole(name)), ofResource: (arn) => left(ofResource(arn)) };
}

const writtenPolicy = z.looseObject({
  Statement: z.array(z.looseObject({ Action: z.union([z.string(), z.array(z.string())]), Effect: z.string() })),
});

/** Takes the statements about an action out of the policy whose logical id begins so. */
function takeAway({ Resources }: Template, logicalId: string, action: string): void {
  const [found] = Object.entries(Resources).filter(([id]) => id.startsWith(logicalId));
  if (found === undefined) throw new Error(`The template has no policy ${logicalId}.`);
  const [, { Properties }] = found;
  const policy = writtenPolicy.parse(Properties["PolicyDocument"]);
  const kept = policy.Statement.filter(({ Action, Effect }) => Effect !== "Allow" || ![Action].flat().includes(action));
  if (kept.length === policy.Statement.length) throw new Error(`${logicalId} does not allow ${action}.`);
  Properties["PolicyDocument"] = { ...policy, Statement: kept };
}

/** What each worker lacks in the same run, and how its log has it. */
const LACKS: readonly (readonly [Operation, string, RegExp])[] = [
  ["CreateContact", "connect:CreateContact", /"code":"AccessDeniedException"/],
  ["StartEmailContact", "dynamodb:GetItem", /"fault":"AccessDeniedException at/],
  ["StartOutboundEmailContact", "sqs:SendMessage", /"Dead letter could not be sent".*"fault":"AccessDenied at/],
  ["StartOutboundChatContact", "events:PutEvents", /"fault":"AccessDeniedException at/],
  // S3 answers HEAD without a body, and so without a name for its refusal.
  ["OutboundEmail", "s3:GetObject", /"fault":"Unknown at/],
];

describe("in a run where each worker lacks a right", () => {
  const denied: Asked[] = [];
  let deployment: LocalDeployment;

  beforeAll(async () => {
    deployment = await aLocalDeployment({
      ...OPTIONS,
      changeTemplate: (template) => {
        for (const [operation, action] of LACKS) {
          takeAway(template, `ContactRequests${operation}WorkerRoleDefaultPolicy`, action);
        }
        takeAway(template, "ContactRequestsStartEmailContactQueuesLivePolicy", "sqs:SendMessage");
      },
      onAsked: (each, { allowed }) => {
        if (!allowed) denied.push(each);
      },
    });
    const { system } = deployment;
    const upstream = new QueueClient(system);
    const bucket = system.outputs["PayloadBucketName"] ?? "";
    const bodies = new Map<Operation, string>([
      ["StartOutboundEmailContact", "wrong"],
      ["OutboundEmail", pointerBody({ bucket, key: "payloads/x" })],
    ]);
    for (const operation of OPERATIONS) {
      await upstream.send(operation, [bodies.get(operation) ?? JSON.stringify(aRequestFor(operation, "lacking"))]);
    }
  });

  afterAll(async () => {
    await deployment.stop();
  });

  test.each(LACKS)("%s fails for want of %s, says so, and keeps its message", async (operation, action, inLog) => {
    const { system, functionLog } = deployment;
    const name = `contact-requests-${operation}`;
    const deniedActions = () => denied.filter(({ principal }) => isFunction(principal, name)).map(actionOf);
    await eventually(() => expect(new Set(deniedActions())).toEqual(new Set([action])));
    const log = () => functionLog.filter((line) => line.includes(`"${name}"`));
    await eventually(() => expect(log()).toContainEqual(expect.stringMatching(inLog)));
    const live = system.queueDepths()[queueName("contact-requests", operation, "live")];
    expect((live?.visible ?? 0) + (live?.inFlight ?? 0)).toBe(1);
    expect(system.queueDepths()[queueName("contact-requests", operation, "dead-letters")]?.visible).toBe(0);
  });

  test("an event stays undelivered where the queue's policy lacks its rule", async () => {
    const { system } = deployment;
    const { events } = asFunction(system, "nobody");
    const entry = {
      EventBusName: system.outputs["EventBusName"],
      Source: "billing",
      DetailType: "StartEmailContact",
      Detail: JSON.stringify(aRequestFor("StartEmailContact", "undelivered")),
    };
    await events.send(new PutEventsCommand({ Entries: [entry] }));
    const undelivered = () => system.queueDepths()["contact-requests-undeliverable-events"]?.visible;
    await eventually(() => expect(undelivered()).toBe(1));
  });
});
