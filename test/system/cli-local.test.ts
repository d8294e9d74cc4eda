import { readdir, readFile } from "node:fs/promises";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isAlive } from "#test/local/support/is-alive.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { runCli, startCli } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { clientVariables, type LocalProcess, startLocalProcess } from "#test/support/local-process.ts";
import { asJsonl, type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

/** The processes that a process has started and that are alive, from what Linux says of all of them. */
async function childrenOf(pid: number | undefined): Promise<readonly number[]> {
  const all = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(all.map(async (each) => readFile(`/proc/${each}/stat`, "utf8").catch(() => "")));
  // "PID (NAME) STATE PARENT …"
  const parents = stats.map((stat) => /^(\d+) \(.*\) \S (\d+) /s.exec(stat));
  return parents.flatMap((found) => (Number(found?.[2]) === pid ? [Number(found?.[1])] : []));
}

let files: WrittenFiles;
let local: LocalProcess;
const started: LocalProcess[] = [];
beforeAll(async () => {
  files = await writtenFiles();
  local = await startLocalProcess();
  started.push(local);
});
afterAll(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await files.remove();
});

describe("local", () => {
  test("prints the ready line as its first, and then the queue URLs", () => {
    const [ready, ...urls] = local.written.stdout.trimEnd().split("\n");

    expect(ready).toBe(`ready ${local.endpoint}`);
    expect(urls).toContain(`${local.endpoint}/000000000000/contact-requests-CreateContact-live`);
    expect(urls).toContain(`${local.endpoint}/000000000000/contact-requests-StartOutboundChatContact-dead-letters`);
    expect(urls.filter((url) => !url.startsWith(`${local.endpoint}/`))).toEqual([]);
  });

  test("says how to send a request with the AWS CLI, in the words of the README", async () => {
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    const commands = local.written.stderr.split("\n").filter((line) => line.startsWith("  "));

    expect(commands.join("\n")).toMatch(/export.*aws --endpoint-url \$AWS_ENDPOINT_URL sqs send-message.*curl/s);
    for (const command of commands) {
      expect(readme).toContain(command.trim().replaceAll(local.endpoint, "http://127.0.0.1:4566"));
    }
  });

  test("tells what nobody gets, without being asked: AWS says nothing of it", async () => {
    const client = { endpoint: local.endpoint, region: "us-east-1" };
    const events = new EventBridgeClient({
      ...client,
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    const entry = { Source: "shop", Detail: '{"secret":"marker"}' };
    const outcome = { ...entry, Source: "contact-requests", DetailType: "Contact Started" };
    const EventBusName = "contact-requests";
    await events.send(
      new PutEventsCommand({
        Entries: [
          { ...outcome, EventBusName },
          { ...entry, DetailType: "CreateContat", EventBusName },
          { ...entry, DetailType: "CreateContact" },
          { ...entry, DetailType: "CreateContact", EventBusName: "contact-request" },
        ],
      }),
    );
    events.destroy();

    await eventually(() => expect(local.written.stderr).toContain("there is no event bus contact-request."));
    const told = local.written.stderr.split("\n").filter((line) => line.startsWith("The event "));
    expect(told).toEqual([
      expect.stringMatching(
        /no rule of the event bus contact-requests matches it, with the detail-type "CreateContat"/,
      ),
      expect.stringMatching(/no rule of the event bus default matches it, .* and the source "shop"/),
      expect.stringContaining("there is no event bus contact-request."),
    ]);
    expect(told.join()).not.toContain("marker");
  });

  test("ends with 2 when the address that stands in for Connect is none, before it starts anything", async () => {
    const outcome = await runCli("contact-requests.ts", ["local"], {
      env: { AWS_ENDPOINT_URL_CONNECT: "127.0.0.1:9" },
    });

    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toMatch(/^AWS_ENDPOINT_URL_CONNECT is no address: .* give http:\/\/127\.0\.0\.1:9\.$/m);
  });

  test("ends with 2 when its port is in use, and says so", async () => {
    const port = new URL(local.endpoint).port;
    const outcome = await runCli("contact-requests.ts", ["local", "--port", port]);

    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use\\..*--port 0`));
  });

  test("ends with 2 for settings that are wrong, and says what is wrong with them", async () => {
    await files.write("settings.json", '{"batchSize":11}');
    const outcome = await runCli("contact-requests.ts", ["local", "--port", "0", "--settings", "settings.json"], {
      env: { INIT_CWD: files.directory },
    });

    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toMatch(/settings in .*settings\.json\.\n.*batchSize.*--settings FILE/s);
    expect(outcome.stderr).not.toContain("-c settings");
  });

  test.each([["65536"], ["-1"], ["http"], ["4566.5"]])("ends with 2 for the port %s", async (port) => {
    const outcome = await runCli("contact-requests.ts", ["local", `--port=${port}`]);

    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("whole number from 0 to 65535") });
  });

  test("names the Region of the settings, and leaves no file behind when its terminal is closed", async () => {
    const temporary = await writtenFiles();
    const arn = "arn:aws:connect:eu-central-1:111122223333:instance/11111111-2222-4333-8444-555555555555";
    const settings = await files.write("frankfurt.json", JSON.stringify({ connectInstanceArns: [arn] }));
    const env = { TMPDIR: temporary.directory };
    const closed = await startLocalProcess(["--settings", settings], { env });
    started.push(closed);
    const { child, written, ended } = closed;
    expect(written.stderr).toContain("AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1\n");
    expect(await readdir(temporary.directory)).not.toEqual([]);

    child.kill("SIGHUP");

    expect(await ended).toMatchObject({ status: 0 });
    expect(await readdir(temporary.directory)).toEqual([]);
    await temporary.remove();
  });

  test("ends, and leaves no file behind, when nobody reads what it prints any more", async () => {
    const temporary = await writtenFiles();
    const { child, ended } = startCli("contact-requests.ts", ["local", "--port", "0"], {
      env: { TMPDIR: temporary.directory },
    });
    child.stdout?.destroy();

    await ended;
    expect(await readdir(temporary.directory)).toEqual([]);
    await temporary.remove();
  });

  test("gives Connect the quotas of the settings", async () => {
    const settings = await files.write(
      "quotas.json",
      '{"quotas":{"CreateContact":{"ratePerSecond":10}},"quotaShare":0.5,"openContacts":{"chat":50000}}',
    );
    const raised = await startLocalProcess(["--settings", settings]);
    started.push(raised);

    expect(await (await fetch(`${raised.endpoint}/_local/settings`)).json()).toMatchObject({
      quota: {
        CreateContact: { ratePerSecond: 10, burst: 5 },
        StartEmailContact: { ratePerSecond: 2, burst: 5 },
      },
      caps: { chat: 50_000, email: 1_000, task: 2_500 },
    });
  });

  test("ends soon after SIGTERM, in the middle of its work, and leaves no process behind", async () => {
    const requests = Array.from({ length: 20 }, (_, index) => aTaskRequest({ requestId: `local/${index}` }));
    await runCli("contact-requests.ts", ["send", "-"], {
      input: asJsonl(requests),
      env: clientVariables(local.endpoint),
    });
    await eventually(async () => {
      expect(await (await fetch(`${local.endpoint}/_local/contacts`)).json()).not.toEqual([]);
    });
    const functions = await childrenOf(local.child.pid);
    expect(functions.filter(isAlive).length).toBeGreaterThan(0);

    const signalledAt = performance.now();
    local.child.kill("SIGTERM");
    const { status } = await local.ended;

    expect(performance.now() - signalledAt).toBeLessThan(10_000);
    expect(status).toBe(0);
    expect(functions.filter(isAlive)).toEqual([]);
  });
});
