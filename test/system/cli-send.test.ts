import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { type CliOptions, type CliOutcome, runCli } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { type FakeSqs, startFakeSqs } from "#test/support/fake-sqs.ts";
import { jsonLines } from "#test/support/json-lines.ts";
import { clientVariables, type LocalProcess, startLocalProcess } from "#test/support/local-process.ts";
import { PAYLOAD_BUCKET, type SqsAndS3, startSqsAndS3 } from "#test/support/sqs-and-s3.ts";
import { asJsonl, writtenFiles } from "#test/support/written-files.ts";

const send = async (args: readonly string[], options: CliOptions) =>
  runCli("contact-requests.ts", ["send", ...args, "-"], { input: "", ...options });

const tasks = (count: number) =>
  Array.from({ length: count }, (_, index) => aTaskRequest({ requestId: `t/${index}`, source: "billing" }));

const aLargeRequest = () =>
  anEmailContactRequest({
    requestId: "t/large",
    source: "billing",
    input: {
      EmailMessage: {
        MessageSourceType: "RAW",
        RawMessage: { Subject: "", Body: "x".repeat(1_048_576), ContentType: "text/plain" },
      },
    },
  });

/** The one bucket that the stack has. */
async function payloadBucketOf({ endpoint }: LocalProcess): Promise<string> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const s3 = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  s3.destroy();
  expect(Buckets).toHaveLength(1);
  return Buckets[0]?.Name ?? "";
}

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

  test("makes a contact of a request that is too large for SQS, through the payload bucket", async () => {
    const args = ["--payload-bucket", await payloadBucketOf(local)];
    const outcome = await send(args, { input: asJsonl([aLargeRequest()]), env: clientVariables(local.endpoint) });

    expect(outcome).toMatchObject({ status: 0, stdout: "1 sent, 0 refused, 0 not sent\n" });
    await eventually(async () => {
      const contacts = await fetch(`${local.endpoint}/_local/contacts`);
      expect(await contacts.text()).toContain("x".repeat(1_048_576));
    });
  });

  test.each([
    ["live", []],
    ["backfill", ["--lane", "backfill"]],
  ])("ends with 2 and names the %s queue when the deployment is another", async (lane, options) => {
    const { status, stderr, stdout } = await send(["--prefix", "elsewhere", ...options], {
      input: asJsonl(tasks(1)),
      env: clientVariables(local.endpoint),
    });

    expect({ status, stdout }).toEqual({ status: 2, stdout: "0 sent, 0 refused, 1 not sent\n" });
    expect(stderr).toMatch(new RegExp(`^There is no queue elsewhere-CreateContact-${lane} .*--prefix.*\n$`));
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
    const { status, stdout } = await send([], {
      input: asJsonl([aLargeRequest(), ...tasks(1)]),
      env: clientVariables(sqs.address),
    });

    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^stdin:1 t\/large\n {2}was not sent: it has \d+ bytes, .*1 MiB.*--payload-bucket.*\n1 sent, 0 refused, 1 not sent\n$/,
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

describe("send, of what is too large for SQS", () => {
  let services: SqsAndS3;
  beforeAll(async () => {
    services = await startSqsAndS3();
  });
  afterAll(async () => services.stop());

  test.each([
    ["the option", ["--payload-bucket", PAYLOAD_BUCKET], {}],
    ["the environment", [], { CONTACT_REQUESTS_PAYLOAD_BUCKET: PAYLOAD_BUCKET }],
  ])("goes as written through the bucket that %s names", async (_name, args, variables) => {
    const input = asJsonl([aLargeRequest()]).replaceAll(':"', ': "');
    const outcome = await send(args, { input, env: { ...clientVariables(services.address), ...variables } });

    expect(outcome).toEqual({ status: 0, stdout: "1 sent, 0 refused, 0 not sent\n", stderr: "" });
    const [message] = await services.take("StartEmailContact");
    const [key = ""] = await services.keys();
    expect(message?.Body).toContain(JSON.stringify({ s3BucketName: PAYLOAD_BUCKET, s3Key: key }));
    expect(message?.MessageAttributes?.["ExtendedPayloadSize"]?.StringValue).toBe(String(input.trimEnd().length));
    expect(message?.Attributes?.["MessageGroupId"]).toBe("billing");
    expect(`${await services.object(key)}\n`).toBe(input);
  });

  test("is not sent where the bucket is not there, and the others are", async () => {
    const { status, stdout } = await send(["--payload-bucket", "elsewhere"], {
      input: asJsonl([aLargeRequest(), ...tasks(1)]),
      env: clientVariables(services.address),
    });

    expect(status).toBe(1);
    expect(stdout).toMatch(/was not sent: .*payload bucket: NoSuchBucket.*\n1 sent, 0 refused, 1 not sent\n$/);
  });
});
