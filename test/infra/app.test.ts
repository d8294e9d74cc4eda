import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { INSTANCE } from "./support/instances.ts";
import { run } from "./support/run.ts";
import { SCRATCH_DIRECTORY } from "./support/scratch-directory.ts";

const reportSchema = z.object({
  pluginReports: z.array(z.object({ pluginName: z.string(), violations: z.array(z.object({ ruleName: z.string() })) })),
});

const validationReport = (assembly: string) =>
  reportSchema.parse(JSON.parse(readFileSync(join(assembly, "validation-report.json"), "utf8"))).pluginReports;

const outdir = (name: string): string => join(SCRATCH_DIRECTORY, name);

const CDK = fileURLToPath(import.meta.resolve("aws-cdk/bin/cdk"));

/** The CDK command line, without the look-ups that it makes on the internet. */
const cdk = (...argv: string[]) =>
  run([CDK, "--no-notices", ...argv], { environment: { CDK_DISABLE_CLI_TELEMETRY: "true" } });

/** The app without the CDK command line. */
const app = (context: Readonly<Record<string, string>>, assembly: string, ...nodeOptions: string[]) =>
  run([...nodeOptions, "infra/app.ts"], {
    environment: { CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });

describe("cdk synth", () => {
  test("works without an AWS account, and warns that the result cannot be deployed", async () => {
    const { exitCode, output } = await cdk("synth", "--quiet", "--output", outdir("bare"));
    expect(output).toContain("No Connect instance is named");
    expect(output).toContain("npx cdk deploy -c connectInstanceArn=arn:aws:connect:REGION:ACCOUNT:instance/ID");
    expect(exitCode).toBe(0);
  });

  test("says in one sentence what is wrong with an ARN, and ends with 1", async () => {
    const { exitCode, output } = await cdk("synth", "--output", outdir("wrong"), "-c", "connectInstanceArn=nope");
    expect(output).toContain(
      "-c connectInstanceArn=nope does not name the ARN of a Connect instance: arn:aws:connect:REGION:ACCOUNT:instance/ID.",
    );
    expect(output).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(1);
  });
});

describe("infra/app.ts", () => {
  test("has no finding of CDK or cdk-nag that is not acknowledged, and no warning when an instance is named", async () => {
    const { exitCode, output } = await app({ connectInstanceArn: INSTANCE }, outdir("clean"));
    expect(output).toBe("");
    expect(validationReport(outdir("clean"))).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test("fails on findings of both packs of cdk-nag", async () => {
    const preload = new URL("support/without-acknowledgements.ts", import.meta.url).href;
    const { exitCode } = await app({ connectInstanceArn: INSTANCE }, outdir("findings"), "--import", preload);
    expect(exitCode).not.toBe(0);
    const reports = validationReport(outdir("findings"));
    expect(reports.map(({ pluginName }) => pluginName).toSorted()).toEqual(["AwsSolutions", "Serverless"]);
  });

  test("ends with 1 and nothing but the sentences when a settings file is wrong", async () => {
    const settings = join(SCRATCH_DIRECTORY, "settings.json");
    writeFileSync(settings, JSON.stringify({ connectInstanceArns: [INSTANCE], batchSize: 11 }));
    const { exitCode, output } = await app({ settings }, outdir("wrong-file"));
    expect(output).toBe(
      [
        "The settings are wrong.",
        '  batchSize must be a whole number from 1 to 10, as in {"batchSize":10}.',
        "Give settings as a JSON file with -c settings=FILE, or one instance with -c connectInstanceArn=ARN.",
        "",
      ].join("\n"),
    );
    expect(exitCode).toBe(1);
  });
});
