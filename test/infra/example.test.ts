import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Template } from "aws-cdk-lib/assertions";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { RemindersStack } from "../../examples/reminders/reminders-stack.ts";
import { anApp } from "./support/an-app.ts";
import { INSTANCE } from "./support/instances.ts";
import { run } from "./support/run.ts";
import { SCRATCH_DIRECTORY } from "./support/scratch-directory.ts";
import { STUB_BUNDLES } from "./support/stub-bundles.ts";

describe("the example reminders", () => {
  const contactRequests = { settings: { connectInstanceArns: [INSTANCE] }, bundles: STUB_BUNDLES };
  const template = Template.fromStack(new RemindersStack(anApp(), "Reminders", { contactRequests }));

  test("has a rule of its own, beside those of the deployment and the one for outcomes", () => {
    template.resourceCountIs("AWS::Events::Rule", OPERATIONS.length + 2);
    template.hasResourceProperties("AWS::Events::Rule", { EventPattern: { source: ["shop.orders"] } });
  });

  test("has a schedule and a topic that feed queues", () => {
    template.resourceCountIs("AWS::Scheduler::Schedule", 1);
    template.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "sqs", RawMessageDelivery: true });
  });

  test("takes what the workers tell, of starts and of failures, and the details of it to a queue of its own", () => {
    const [rule] = Object.values(
      template.findResources("AWS::Events::Rule", { Properties: { EventPattern: { source: ["contact-requests"] } } }),
    );
    expect(rule?.["Properties"]).toMatchObject({
      EventPattern: {
        "detail-type": ["Contact Started", "Contact Request Failed"],
        detail: { source: [{ prefix: "shop." }, null] },
      },
      Targets: [{ InputPath: "$.detail" }],
    });
  });

  test("synthesizes as its page says, without the CDK command line", async () => {
    const assembly = join(SCRATCH_DIRECTORY, "example");
    const { exitCode, output } = await run(["examples/reminders/app.ts"], {
      environment: { CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: JSON.stringify({ connectInstanceArn: INSTANCE }) },
    });
    expect(output).toBe("");
    expect(exitCode).toBe(0);
    expect(existsSync(join(assembly, "Reminders.template.json"))).toBe(true);
  });

  test("says in one sentence what is wrong with an ARN, and ends with 1", async () => {
    const connectInstanceArn = "arn:aws:connect:REGION:ACCOUNT:instance/ID";
    const { exitCode, output } = await run(["examples/reminders/app.ts"], {
      environment: { CDK_CONTEXT_JSON: JSON.stringify({ connectInstanceArn }) },
    });
    expect(output).toContain("with REGION, ACCOUNT and ID replaced by those of your instance");
    expect(output).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(1);
  });
});
