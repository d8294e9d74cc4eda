import { describe, expect, test } from "@jest/globals";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { Deployment } from "./support/deployment.ts";
import { INSTANCE, PHONE_NUMBERS, SECOND_INSTANCE } from "./support/instances.ts";

const deployment = Deployment.of({ connectInstanceArns: [INSTANCE, SECOND_INSTANCE] });

const INSTANCES = [INSTANCE, `${INSTANCE}/*`, SECOND_INSTANCE, `${SECOND_INSTANCE}/*`];
const CONTACTS = [`${INSTANCE}/contact/*`, `${SECOND_INSTANCE}/contact/*`];

/** The calls of each operation, and the resources that they are checked against, as the service authorization reference lists them. */
const CALLS: Readonly<Record<Operation, Readonly<Record<string, readonly string[]>>>> = {
  StartEmailContact: { StartEmailContact: INSTANCES },
  StartOutboundEmailContact: { StartOutboundEmailContact: INSTANCES },
  CreateContact: { CreateContact: INSTANCES },
  StartOutboundChatContact: { StartOutboundChatContact: [...INSTANCES, PHONE_NUMBERS] },
  OutboundEmail: { CreateContact: INSTANCES, StartOutboundEmailContact: INSTANCES, StopContact: CONTACTS },
};

describe.each(OPERATIONS)("the worker of %s", (operation) => {
  test("may make the calls that its operation takes, on all instances of the deployment, and no others", () => {
    const expected = Object.entries(CALLS[operation]).flatMap(([call, resources]) =>
      resources.map((resource) => `connect:${call} on ${resource}`),
    );
    expect(deployment.rightsIn("connect", operation)).toEqual(expected.toSorted());
  });
});

test("nothing but the workers may call Amazon Connect", () => {
  const granted = JSON.stringify(deployment.template.toJSON()).match(/"connect:\w+"/g);
  const calls = Object.values(CALLS).flatMap((each) => Object.keys(each).map((call) => `"connect:${call}"`));
  expect(granted?.toSorted()).toEqual(calls.toSorted());
});

test("phone numbers are those of the instance's own partition, account and Region", () => {
  const china = "arn:aws-cn:connect:cn-north-1:210987654321:instance/11111111-1111-4111-8111-111111111111";
  const rights = Deployment.of({ connectInstanceArns: [china] }).rightsIn("connect", "StartOutboundChatContact");
  expect(rights).toContain(
    "connect:StartOutboundChatContact on arn:aws-cn:connect:cn-north-1:210987654321:phone-number/*",
  );
});
