import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { contactStarted } from "#shared/outcomes/contact-started.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { awsCommand } from "#test/support/aws-commands/aws-command.ts";
import { documentSections } from "#test/support/aws-commands/document-sections.ts";
import { installedAwsCli, isNewEnough } from "#test/support/aws-commands/installed-aws-cli.ts";
import { type CommandsPlace, runDocumentedCommands } from "#test/support/aws-commands/run-documented-commands.ts";
import { eventually } from "#test/support/eventually.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const sections = documentSections(await readFile(new URL("../../docs/ways-in.md", import.meta.url), "utf8"));
const cli = await installedAwsCli();

/** The ways that the page shows, and the names of the contacts that its commands make. */
const WAYS: readonly (readonly [heading: string, contacts: readonly string[]])[] = [
  ["A message on the queue", ["By a message"]],
  ["The command line", ["By the command line"]],
  ["The producer", ["By the producer"]],
  ["An event on the bus", ["By an event"]],
  ["A rule of your own", ['By a "rule" of your own']],
  ["An SNS topic", ["By a topic", "By a topic, raw"]],
  ["A large message", ["By a pointer"]],
  ["Attachments", ["With a file"]],
  ["What becomes of it", ["Heard of"]],
];

const settingsShape = z.object({ attachmentBuckets: z.array(z.string()) });

/** The JSON that a section shows. */
function shownJson(heading: string): unknown {
  const section = sections.find((each) => each.heading === heading);
  return JSON.parse(section?.blocks.find(({ language }) => language === "json")?.code ?? "null");
}

const nameOf = ({ input }: { readonly input: Readonly<Record<string, unknown>> }): string => String(input["Name"]);

const runs: readonly (readonly [name: string, aws: CommandsPlace["aws"], describeRun: typeof describe.skip])[] = [
  ["over raw HTTP, as the AWS CLI sends it", "translated", describe],
  [`with the AWS CLI of this machine (${cli.version})`, "installed", cli.isNewEnough ? describe : describe.skip],
];

test("the page shows every way in, and nothing that is not tried here", () => {
  const withCommands = sections.filter(({ blocks }) => blocks.some(({ language }) => ["sh", "ts"].includes(language)));

  expect(withCommands.map(({ heading }) => heading)).toEqual([
    "Before you begin",
    ...WAYS.slice(0, -1).map(([heading]) => heading),
    "A schedule",
    "What becomes of it",
  ]);
});

test("what needs AWS itself, or another terminal, is shown as a session, which is not run here; nothing else is", () => {
  const withSession = sections.filter(({ blocks }) => blocks.some(({ language }) => language === "console"));
  const sessions = withSession.flatMap(({ blocks }) => blocks.filter(({ language }) => language === "console"));
  const commands = sessions.flatMap(({ code }) => [...code.matchAll(/^\$ (?:\w+=\$\()?(\S+(?: \S+){2})/gm)]);

  expect(commands.map(([, words]) => words)).toEqual([
    "npm run -s",
    "npm install CLONE/dist/producer/contact-requests-producer-VERSION.tgz",
    "aws cloudformation describe-stacks",
    "aws sts get-caller-identity",
    "aws cloudformation describe-stacks",
    "aws iam create-role",
    "aws iam attach-role-policy",
    'cat > "$FILES/target.json"',
    "aws scheduler create-schedule",
  ]);
});

test("the schedule's input is a request once its moment is in it", () => {
  const session = sections.find(({ heading }) => heading === "A schedule")?.blocks.at(-1)?.code ?? "";
  const target = z.object({ Input: z.string() }).parse(JSON.parse(/<<END\n(.*)^END$/ms.exec(session)?.[1] ?? "null"));
  const request: unknown = JSON.parse(target.Input.replace("<aws.scheduler.scheduled-time>", "2026-11-23T08:00:00Z"));

  expect(parseContactRequest(request)).toMatchObject({ ok: true });
  expect(target.Input).toContain("<aws.scheduler.scheduled-time>");
});

for (const [name, aws, describeRun] of runs) {
  describeRun(`the page's commands, ${name}`, () => {
    let files: WrittenFiles;
    let deployment: LocalDeployment;
    let written: ReadonlyMap<string, string>;
    beforeAll(async () => {
      files = await writtenFiles();
      deployment = await aLocalDeployment({ settings: settingsShape.parse(shownJson("Before you begin")) });
      const { endpoint } = deployment.system;
      written = await runDocumentedCommands(sections, { endpoint, directory: files.directory, aws });
    });
    afterAll(async () => {
      await deployment.stop();
      await files.remove();
    });

    const contactsNamed = (wanted: string) =>
      deployment.system.connect.contacts().filter((contact) => nameOf(contact) === wanted);

    test.each(WAYS)("%s: makes one contact of each request", async (_heading, names) => {
      await eventually(() => expect(names.map((each) => contactsNamed(each).length)).toEqual(names.map(() => 1)));
    });

    test("no other contact is made", async () => {
      const names = WAYS.flatMap(([, each]) => each);
      await eventually(() => expect(deployment.system.connect.contacts().map(nameOf)).toHaveLength(names.length));

      expect(new Set(deployment.system.connect.contacts().map(nameOf))).toEqual(new Set(names));
    });

    test("the misspelt request becomes the dead letter that the page takes out", () => {
      const reason = written.get("A message on the queue")?.trimEnd().split("\n").at(-1) ?? "";

      expect(JSON.parse(reason)).toMatchObject({ code: "ContractViolation", requestId: "ways-in/misspelt" });
    });

    test("the command line and the producer say that they have sent", () => {
      expect(written.get("The command line")).toContain("1 sent, 0 refused, 0 not sent");
      expect(written.get("The producer")).toMatch(/kind: 'sent',\s+messageId: '[\w-]+'/);
    });

    test("the event that the bus takes has no failed entry", () => {
      expect(JSON.parse(written.get("An event on the bus") ?? "")).toMatchObject({ FailedEntryCount: 0 });
    });

    test("the large message is more than SQS takes, and arrives whole", async () => {
      await eventually(() => expect(contactsNamed("By a pointer")).toHaveLength(1));
      const [contact] = contactsNamed("By a pointer");

      expect(JSON.stringify(contact?.input).length).toBeGreaterThan(1_048_576);
    });

    test("Connect gets a URL at which the file can be fetched", async () => {
      await eventually(() => expect(contactsNamed("With a file")).toHaveLength(1));
      const attachments = z
        .array(z.object({ S3Url: z.url() }))
        .length(1)
        .parse(contactsNamed("With a file")[0]?.input["Attachments"]);
      const answer = await fetch(attachments[0]?.S3Url ?? "");

      expect(await answer.text()).toBe("Dear shop, …");
    });

    test("the consumer's queue gets the ContactId, in the form that the page shows", () => {
      const heard: unknown = JSON.parse(written.get("What becomes of it")?.trimEnd().split("\n").at(-1) ?? "");
      const outcome = contactStarted.parse(heard);

      expect(outcome).toMatchObject({ requestId: "ways-in/heard-of", source: "shop.orders", repeated: false });
      expect(contactsNamed("Heard of").map(({ contactId }) => contactId)).toEqual([outcome.contactId]);
      expect(Object.keys(outcome)).toEqual(Object.keys(contactStarted.parse(shownJson("What becomes of it"))));
    });
  });
}

describe("the translator of commands", () => {
  const environment = { AWS_DEFAULT_REGION: "us-east-1" };
  const endpoint = ["--endpoint-url", "http://127.0.0.1:4566"];

  test.each([
    ["a command", ["sqs", "purge-queue"], /aws sqs purge-queue: this command/],
    ["an option", ["sqs", "get-queue-url", "--queue-nmae", "x"], /the option --queue-nmae/],
    ["a second value", ["sqs", "get-queue-url", "--queue-name", "x", "y"], /--queue-name takes one value/],
    ["an output", ["s3api", "list-buckets", "--output", "yaml"], /--output yaml/],
  ])("refuses %s that it does not know", (_what, words, sentence) => {
    expect(() => awsCommand([...endpoint, ...words], environment)).toThrow(sentence);
  });

  test("reads JSON, shorthand and lists as the CLI does", () => {
    const words = ["sqs", "send-message", "--message-attributes", "Size={DataType=Number,StringValue=5}"];
    const names = ["sqs", "receive-message", "--message-attribute-names", "A", "B", "--wait-time-seconds", "20"];
    const entries = ["events", "put-events", "--entries", '[{"Source":"shop"}]'];

    expect(awsCommand([...endpoint, ...words], environment).input).toEqual({
      MessageAttributes: { Size: { DataType: "Number", StringValue: "5" } },
    });
    expect(awsCommand([...endpoint, ...names], environment).input).toEqual({
      MessageAttributeNames: ["A", "B"],
      WaitTimeSeconds: 20,
    });
    expect(awsCommand([...endpoint, ...entries], environment).input).toEqual({ Entries: [{ Source: "shop" }] });
  });
});

test.each([
  ["2.13.34", true],
  ["2.13.33", false],
  ["2.9.19", false],
  ["2.31.0", true],
  ["1.29.88", true],
  ["1.29.87", false],
  ["1.45.11", true],
  ["3.0.0", true],
  ["not installed", false],
])("the AWS CLI %s speaks SQS's JSON protocol: %s", (version, answer) => {
  expect(isNewEnough(version)).toBe(answer);
});
