import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { type CliOptions, type CliOutcome, runCli } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { type FakeSqs, startFakeSqs } from "#test/support/fake-sqs.ts";
import { jsonLines } from "#test/support/json-lines.ts";
import { clientVariables, type LocalProcess, startLocalProcess } from "#test/support/local-process.ts";
import { asJsonl, writtenFiles } from "#test/support/written-files.ts";

const send = async (args: readonly string[], options: CliOptions) =>
  runCli("contact-requests.ts", ["send", ...args, "-"], { input: "", ...options });

const tasks = (count: number) =>
  Array.from({ length: count }, (_, index) => aTaskRequest({ requestId: `t/${index}`, source: "billing" }));

describe("send, to the system on this machine", () => {
  let local: LocalProcess;
  let outcome: CliOutcome;
  beforeAll(async () => {
    local = await startLocalProcess();
    const requests = [
      aTaskRequest({ requestId: "cli/1", input: { Name: "電話 🙂" } }),
      anEmailContactRequest({ requestId: "cli/2" }),
      { requestId: "cli/3", operation: "CreateContact", input: {} },
    ];
    outcome = await send(["--json"], { input: asJsonl(requests), env: clientVariables(local.endpoint) });
  });
  afterAll(async () => {
    local.child.kill("SIGTERM");
    await local.ended;
  });

  test("says of each line what became of it", () => {
    expect(outcome).toMatchObject({ status: 1, stderr: "" });
    expect(jsonLines(outcome.stdout)).toEqual([
      { line: 3, requestId: "cli/3", ok: false, issues: expect.any(Array) },
      { line: 1, requestId: "cli/1", ok: true, messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { line: 2, requestId: "cli/2", ok: true, messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]);
  });

  test("makes the contacts of the good requests, and of those only", async () => {
    const contacts = async () => (await fetch(`${local.endpoint}/_local/contacts`)).text();

    await eventually(async () => {
      expect(await contacts()).toContain("StartEmailContact");
      expect(await contacts()).toContain("電話 🙂");
    });
    expect(JSON.parse(await contacts())).toHaveLength(2);
  });

  test("ends with 2 and names the queue when the deployment is another", async () => {
    const { status, stderr, stdout } = await send(["--prefix", "elsewhere"], {
      input: asJsonl(tasks(1)),
      env: clientVariables(local.endpoint),
    });

    expect({ status, stdout }).toEqual({ status: 2, stdout: "0 sent, 0 refused, 1 not sent\n" });
    expect(stderr).toMatch(/^There is no queue elsewhere-CreateContact-live .*--prefix.*\n$/);
  });
});

describe("send, to a queue that fails", () => {
  let sqs: FakeSqs;
  beforeAll(async () => {
    sqs = await startFakeSqs();
  });
  afterAll(async () => sqs.stop());

  test("sends again exactly what failed, as written, with the source as its group", async () => {
    sqs.failOnce(["t/3", "t/11"]);
    const input = asJsonl(tasks(12)).replaceAll(':"', ': "');
    const { status, stdout } = await send([], { input, env: clientVariables(sqs.address) });

    expect({ status, stdout }).toEqual({ status: 0, stdout: "12 sent, 0 refused, 0 not sent\n" });
    expect(sqs.batches.map((batch) => batch.map(({ requestId }) => requestId))).toEqual([
      tasks(10).map(({ requestId }) => requestId),
      ["t/3"],
      ["t/10", "t/11"],
      ["t/11"],
    ]);
    const [first] = sqs.batches.flat();
    expect(first?.body).toBe(input.split("\n")[0]);
    expect(first?.groupId).toBe("billing");
  });

  test("says of a request over 1 MiB that it is too large, and sends the others", async () => {
    const large = anEmailContactRequest({
      requestId: "t/large",
      input: {
        EmailMessage: {
          MessageSourceType: "RAW",
          RawMessage: { Subject: "", Body: "x".repeat(1_048_576), ContentType: "text/plain" },
        },
      },
    });
    const { status, stdout } = await send([], {
      input: asJsonl([large, ...tasks(1)]),
      env: clientVariables(sqs.address),
    });

    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^stdin:1 t\/large\n {2}was not sent: it has \d+ bytes, .*1 MiB.*\n1 sent, 0 refused, 1 not sent\n$/,
    );
  });

  test.each([
    [
      "there is nobody at the address",
      { AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
      /^http:\/\/127\.0\.0\.1:1 cannot be reached/,
    ],
    ["there are no credentials", { AWS_ACCESS_KEY_ID: "" }, /no valid AWS credentials.*--profile/],
    ["there is no Region", { AWS_REGION: undefined }, /^No valid AWS Region is set\./],
    ["the Region is none", { AWS_REGION: "us east" }, /^No valid AWS Region is set\./],
  ])("ends with 2 and says what to do when %s", async (_name, env, sentence) => {
    const outcome = await send([], { input: asJsonl(tasks(1)), env: { ...clientVariables(sqs.address), ...env } });

    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringMatching(sentence) });
    expect(outcome.stdout).toBe("0 sent, 0 refused, 1 not sent\n");
    expect(outcome.stderr).not.toMatch(/^ {4}at /m);
  });

  test.each([
    ["an address without http", ["--endpoint-url", "127.0.0.1:4566"], {}, /give http:\/\/127\.0\.0\.1:4566\.\n/],
    [
      "such an address in the environment",
      [],
      { AWS_ENDPOINT_URL: "localhost:4566" },
      /^AWS_ENDPOINT_URL is no address/,
    ],
    ["a profile that there is not", ["--profile", "foo"], {}, /^There is no profile foo: .*--profile.*\n$/],
  ])("ends with 2 before anything is read for %s", async (_name, args, env, sentence) => {
    const input = asJsonl([{ requestId: "refused" }]);
    const outcome = await send(args, { input, env: { ...clientVariables(sqs.address), ...env } });

    expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(sentence) });
  });

  test("takes the credentials of a profile, whatever keys are set, without a word about it", async () => {
    const files = await writtenFiles();
    const credentials = "[ other ]\n[billing]\naws_access_key_id = a\naws_secret_access_key = b\n";
    const AWS_SHARED_CREDENTIALS_FILE = await files.write("credentials", credentials);
    const outcome = await send(["--profile", "billing"], {
      input: asJsonl(tasks(1)),
      env: { ...clientVariables(sqs.address), AWS_SHARED_CREDENTIALS_FILE },
    });
    await files.remove();

    expect(outcome).toEqual({ status: 0, stdout: "1 sent, 0 refused, 0 not sent\n", stderr: "" });
  });

  describe("without access", () => {
    const refused = { requestId: "t/refused", operation: "CreateContact", input: {} };
    const input = asJsonl([...tasks(12), refused, anEmailContactRequest({ requestId: "t/mail" })]);
    const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:1" };

    test("shows people what is refused behind it, what became of all, and the reason once", async () => {
      const { status, stdout, stderr } = await send([], { input, env: { ...clientVariables(""), ...env } });

      expect(status).toBe(2);
      expect(stdout).toMatch(/^stdin:13 t\/refused\n( {2}input.*\n)+0 sent, 1 refused, 13 not sent\n$/);
      expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:1 cannot be reached [^\n]*\n$/);
    });

    test("--json still has a line for each line of input", async () => {
      const { stdout } = await send(["--json"], { input, env: { ...clientVariables(""), ...env } });

      const lines = jsonLines(stdout);
      expect(lines).toHaveLength(14);
      expect(lines).toContainEqual({
        line: 14,
        requestId: "t/mail",
        ok: false,
        reason: expect.stringContaining("cannot be reached"),
      });
    });
  });
});
