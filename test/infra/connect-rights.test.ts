import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { Deployment } from "./support/deployment.ts";
import { INSTANCE, PHONE_NUMBERS, SECOND_INSTANCE } from "./support/instances.ts";

const deployment = Deployment.of({ connectInstanceArns: [INSTANCE, SECOND_INSTANCE] });

const INSTANCES = [INSTANCE, `${INSTANCE}/*`, SECOND_INSTANCE, `${SECOND_INSTANCE}/*`];

/** The resources that each operation is checked against, as the service authorization reference lists them. */
const RESOURCES = {
  StartEmailContact: INSTANCES,
  StartOutboundEmailContact: INSTANCES,
  CreateContact: INSTANCES,
  StartOutboundChatContact: [...INSTANCES, PHONE_NUMBERS],
};

describe.each(OPERATIONS)("the worker of %s", (operation) => {
  test("may call its own operation, on all instances of the deployment and no others", () => {
    const expected = RESOURCES[operation].map((resource) => `connect:${operation} on ${resource}`).toSorted();
    expect(deployment.rightsIn("connect", operation)).toEqual(expected);
  });
});

test("nothing but the workers may call Amazon Connect", () => {
  const granted = JSON.stringify(deployment.template.toJSON()).match(/"connect:\w+"/g);
  expect(granted?.toSorted()).toEqual(OPERATIONS.map((operation) => `"connect:${operation}"`).toSorted());
});

test("phone numbers are those of the instance's own partition, account and Region", () => {
  const china = "arn:aws-cn:connect:cn-north-1:210987654321:instance/11111111-1111-4111-8111-111111111111";
  const rights = Deployment.of({ connectInstanceArns: [china] }).rightsIn("connect", "StartOutboundChatContact");
  expect(rights).toContain(
    "connect:StartOutboundChatContact on arn:aws-cn:connect:cn-north-1:210987654321:phone-number/*",
  );
});
