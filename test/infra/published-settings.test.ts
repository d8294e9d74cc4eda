import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { parseSettings } from "#shared/settings.ts";
import { publishedSettingsSchema, settingsParameterName } from "#shared/settings-parameter.ts";
import { Deployment } from "./support/deployment.ts";
import { INSTANCE } from "./support/instances.ts";
import { printed } from "./support/printed.ts";

const settings = { quotaShare: 0.5, senders: ["arn:aws:iam::210987654321:role/upstream"] };
const deployment = Deployment.of(settings);
const [parameter] = deployment.ofType("AWS::SSM::Parameter");
const text = printed(parameter?.Properties["Value"]);
const published = publishedSettingsSchema.parse(JSON.parse(text));

describe("the settings that a deployment publishes", () => {
  test("are in a parameter of the deployment's name", () => {
    expect(parameter?.Properties["Name"]).toBe("/contact-requests/settings");
    expect(settingsParameterName("contact-requests")).toBe("/contact-requests/settings");
  });

  test("are complete, without the senders", () => {
    const all = parseSettings({ connectInstanceArns: [INSTANCE], ...settings });
    const { senders: _senders, ...expected } = all.ok ? all.value : { senders: [] };
    expect(published.settings).toEqual(expected);
    expect(text).not.toContain("210987654321");
  });

  test.each(OPERATIONS)("name the queues and the worker of %s", (operation) => {
    expect(published.queueUrls[operation]).toEqual({
      live: `<${deployment.laneQueue(operation, "live").logicalId}>`,
      backfill: `<${deployment.laneQueue(operation, "backfill").logicalId}>`,
      deadLetters: `<${deployment.deadLetterQueue(operation).logicalId}>`,
    });
    expect(published.workerNames[operation]).toBe(`<${deployment.worker(operation).logicalId}>`);
  });

  test.each([
    ["stateTableName", deployment.stateTable, ""],
    ["payloadBucketName", deployment.payloadBucket, ""],
    ["keyArn", deployment.key, ".Arn"],
    ["stateMachineArn", deployment.stateMachine, ""],
    ["feedFunctionName", deployment.feed, ""],
  ] as const)("name the %s", (name, { logicalId }, attribute) => {
    expect(published[name]).toBe(`<${logicalId}${attribute}>`);
  });

  test("cost nothing while they fit into 4 KB, and do not fail over a few bytes more", () => {
    expect(parameter?.Properties["Tier"]).toBe("Intelligent-Tiering");
  });

  test("fit, with the longest prefix and several instances", () => {
    const connectInstanceArns = Array.from({ length: 5 }, (_each, index) => `${INSTANCE.slice(0, -1)}${index}`);
    expect(() => Deployment.of({ prefix: "p".repeat(38), connectInstanceArns })).not.toThrow();
  });

  test("that no parameter holds fail at synth, with what to do", () => {
    const attachmentBuckets = Array.from({ length: 100 }, (_, index) => `attachments-${index}-${"x".repeat(40)}`);
    expect(() => Deployment.of({ attachmentBuckets })).toThrow(
      /take up to \d+ bytes in their SSM parameter, which holds 8192\. Name fewer instances or attachment buckets/,
    );
  });
});
