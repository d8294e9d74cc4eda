import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";

const deployment = Deployment.of({ attachmentBuckets: ["mail-files", "scans"] });

const told = (operation: (typeof OPERATIONS)[number]): unknown => {
  const { Variables } = Object(deployment.worker(operation).Properties["Environment"]);
  return JSON.parse(printed(Variables["ATTACHMENT_BUCKETS"]));
};

const foreign = (each: Deployment, operation: (typeof OPERATIONS)[number]): readonly string[] =>
  each.rightsIn("s3", operation).filter((right) => !right.includes(each.payloadBucket.logicalId));

describe("the worker of StartEmailContact", () => {
  test("may read the objects of the buckets that attachments may come from, and do nothing else there", () => {
    expect(foreign(deployment, "StartEmailContact")).toEqual([
      "s3:GetObject on arn:aws:s3:::mail-files/*",
      "s3:GetObject on arn:aws:s3:::scans/*",
    ]);
  });

  test("is told their names", () => {
    expect(told("StartEmailContact")).toEqual(["mail-files", "scans"]);
  });

  test("reads from the partition of its instance", () => {
    const china = "arn:aws-cn:connect:cn-north-1:210987654321:instance/11111111-1111-4111-8111-111111111111";
    const there = Deployment.of({ connectInstanceArns: [china], attachmentBuckets: ["scans"] });
    expect(foreign(there, "StartEmailContact")).toEqual(["s3:GetObject on arn:aws-cn:s3:::scans/*"]);
  });
});

test.each(OPERATIONS.filter((each) => each !== "StartEmailContact"))(
  "the worker of %s, which takes no attachments, may read no such bucket and is told none",
  (operation) => {
    expect(foreign(deployment, operation)).toEqual([]);
    expect(told(operation)).toEqual([]);
  },
);

test("nobody may read another bucket where none is allowed", () => {
  for (const operation of OPERATIONS) expect(foreign(Deployment.of(), operation)).toEqual([]);
});
