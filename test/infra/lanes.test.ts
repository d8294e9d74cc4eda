import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import type { Lane } from "#shared/contract/queue-name.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";

const LANES: readonly Lane[] = ["live", "backfill"];
const deployment = Deployment.of({ batchSize: 7, maximumConcurrency: 3, backfillMaximumConcurrency: 4 });

describe.each(OPERATIONS)("the lanes of %s", (operation) => {
  test.each(LANES)("the %s queue feeds the operation's own worker", (lane) => {
    const mapping = deployment.mapping(operation, lane).Properties;
    expect(printed(mapping["FunctionName"])).toBe(`<${deployment.worker(operation).logicalId}>`);
  });

  test("nothing else feeds the worker", () => {
    const worker = deployment.worker(operation).logicalId;
    const queues = deployment
      .ofType("AWS::Lambda::EventSourceMapping")
      .filter(({ Properties }) => printed(Properties["FunctionName"]) === `<${worker}>`)
      .map(({ Properties }) => printed(Properties["EventSourceArn"]));
    expect(queues).toEqual(LANES.map((lane) => `<${deployment.laneQueue(operation, lane).logicalId}.Arn>`));
  });

  test.each([
    ["live", 3],
    ["backfill", 4],
  ] as const)("the %s lane has as many invocations at once as it is given, and records as all", (lane, most) => {
    expect(deployment.mapping(operation, lane).Properties).toMatchObject({
      BatchSize: 7,
      ScalingConfig: { MaximumConcurrency: most },
    });
  });

  test.each(LANES)("on the %s lane the worker names the records that come back", (lane) => {
    expect(deployment.mapping(operation, lane).Properties["FunctionResponseTypes"]).toEqual([
      "ReportBatchItemFailures",
    ]);
  });

  test.each(LANES)("on the %s lane the worker is given every message: a filter would delete the others", (lane) => {
    expect(deployment.mapping(operation, lane).Properties).not.toHaveProperty("FilterCriteria");
  });

  test("the queues differ in nothing but their names", () => {
    const [live, backfill] = LANES.map((lane) => {
      const { QueueName: _name, ...same } = deployment.laneQueue(operation, lane).Properties;
      return same;
    });
    expect(backfill).toEqual(live);
  });
});

describe("a backfill that is switched off", () => {
  const off = Deployment.of({ backfillEnabled: false });

  test.each(OPERATIONS)("leaves the requests of %s in their queue", (operation) => {
    expect(off.mapping(operation, "backfill").Properties["Enabled"]).toBe(false);
    expect(Deployment.of().mapping(operation, "backfill").Properties["Enabled"]).toBe(true);
  });

  test("changes nothing else in the whole stack, where its settings are published with it", () => {
    const withoutSwitch = (deployed: Deployment) =>
      deployed.resources.map((resource) => {
        const { Enabled: _enabled, Value: _settings, ...same } = resource.Properties;
        const tellsOfIt = ["AWS::Lambda::EventSourceMapping", "AWS::SSM::Parameter"].includes(resource.Type);
        return tellsOfIt ? { ...resource, Properties: same } : resource;
      });
    expect(withoutSwitch(off)).toEqual(withoutSwitch(Deployment.of()));
  });
});
