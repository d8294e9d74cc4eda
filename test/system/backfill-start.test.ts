import { readdir, truncate, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { A_TASK_TEMPLATE, aCsvOfTasks, namesOfTasks } from "#test/support/backfill/a-backfill.ts";
import {
  aWatchedEndpoint,
  numbered,
  type WatchedCall,
  type WatchedEndpoint,
} from "#test/support/backfill/watched-endpoint.ts";
import { type CliOptions, type CliOutcome, runCli, startCli } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { clientVariables } from "#test/support/local-process.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const SETTINGS = { ...SMALL_TIMES, quotas: quotaOfEach({ ratePerSecond: 400, burst: 100 }) };
const CONNECT = { settings: { quota: { all: { ratePerSecond: 1_000, burst: 1_000 } } } };
const SEND_BATCH = "AmazonSQS.SendMessageBatch";
const UPDATE_ITEM = "DynamoDB_20120810.UpdateItem";

let deployment: LocalDeployment;
let endpoint: WatchedEndpoint;
let files: WrittenFiles;
let template: string;

beforeAll(async () => {
  deployment = await aLocalDeployment({ settings: SETTINGS, connect: CONNECT });
  endpoint = await aWatchedEndpoint(deployment.system.endpoint);
  files = await writtenFiles();
  template = await files.write("template.json", A_TASK_TEMPLATE);
});

afterAll(async () => {
  await endpoint.stop();
  await deployment.stop();
  await files.remove();
});

interface Given {
  readonly file: string;
  readonly job: string;
  readonly options?: readonly string[];
}

const argumentsOf = ({ file, job, options = [] }: Given): readonly string[] => [
  "backfill",
  "start",
  file,
  ...["--job", job, "--template", template, "--key", "id", "--direct", "--endpoint-url", endpoint.address],
  ...options,
];

const environment = (): CliOptions => ({ env: clientVariables(endpoint.address) });

const start = async (given: Given) => runCli("contact-requests.ts", argumentsOf(given), environment());

const about = async (command: string, job: string) =>
  runCli("contact-requests.ts", ["backfill", command, job], environment());

/** Finds the record of the range of this number, from 1. */
function rangeRecorded(number: number): IsIt {
  const isIt = numbered(number, UPDATE_ITEM);
  return (call) => call.body.includes("#fed#") && isIt(call);
}

/** Starts a job, and kills it at once when the call comes. */
async function startAndKill(given: Given, ...[moment, isIt]: [Moment, IsIt]): Promise<void> {
  const cli = startCli("contact-requests.ts", argumentsOf(given), environment());
  endpoint.at(moment, isIt, () => cli.child.kill("SIGKILL"));
  await cli.ended;
  expect(cli.child.signalCode).toBe("SIGKILL");
}

type Moment = Parameters<WatchedEndpoint["at"]>[0];
type IsIt = Parameters<WatchedEndpoint["at"]>[1];

/** The names of all contacts that were made, when no message is left. */
async function namesWhenDone(): Promise<readonly unknown[]> {
  await eventually(() => {
    const depths = Object.entries(deployment.system.queueDepths());
    const waiting = depths.filter(([name, depth]) => !name.endsWith("dead-letters") && !isEmpty(depth));
    expect(waiting).toEqual([]);
  });
  return deployment.system.connect.contacts().map(({ input }) => input["Name"]);
}

const isEmpty = (depth: object): boolean => Object.values(depth).every((count) => count === 0);

describe("start --direct", () => {
  test("killed three times at its worst moments, makes exactly one contact of each good row", async () => {
    const file = await files.write("killed.csv", aCsvOfTasks({ good: 490, refused: 10 }));
    const given = { file, job: "killed", options: ["--skip-refused", "--json"] };

    // The input is stored, and nobody has said that it is.
    await startAndKill(given, "after", numbered(1, /^PUT .*\/backfills\/killed\/\w+\/input/));
    // Messages are on the queue, and the answer is lost.
    await startAndKill(given, "after", numbered(5, SEND_BATCH));
    // A range is on this machine's disk, and not in the state table.
    await startAndKill(given, "before", rangeRecorded(1));
    expect(await readdir(dirname(file))).toContain("killed.csv.killed.checkpoint.json");
    const { status, stdout } = await start(given);

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ job: "killed", state: "fed", rows: 500, sent: 490, refused: 10 });
    expect((await namesWhenDone()).toSorted()).toEqual(namesOfTasks(490).toSorted());
    expect(await readdir(dirname(file))).not.toContain("killed.csv.killed.checkpoint.json");
  });

  test("goes on behind the rows that were fed before it was killed", async () => {
    const file = await files.write("goes-on.csv", aCsvOfTasks({ good: 500 }));
    await startAndKill({ file, job: "goes-on" }, "after", rangeRecorded(2));

    let batches = 0;
    endpoint.at(
      "before",
      ({ name }) => {
        if (name === SEND_BATCH) batches += 1;
        return false;
      },
      () => undefined,
    );
    const { status, stderr } = await start({ file, job: "goes-on" });

    expect(status).toBe(0);
    expect(stderr).toMatch(/goes-on was begun before: it goes on behind [1-9]\d* rows/);
    expect(batches).toBeGreaterThan(0);
    expect(batches).toBeLessThan(50);
  });

  test("says that the same command goes on, where a service goes away while it feeds", async () => {
    const file = await files.write("gone.csv", aCsvOfTasks({ good: 500 }));
    const given = { file, job: "gone" };
    const passing = await aWatchedEndpoint(deployment.system.endpoint);
    const { promise: stopped, resolve } = Promise.withResolvers<void>();
    passing.at("before", rangeRecorded(1), () => void passing.stop().then(resolve));
    const args = [...argumentsOf(given), "--endpoint-url", passing.address];
    const { status, stderr } = await runCli("contact-requests.ts", args, environment());
    await stopped;

    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^Feeding has ended\. What was sent stays sent; the same command goes on where it was: backfill start … --job gone$/m,
    );
    expect(stderr).toMatch(/cannot be reached \(ECONN[A-Z]+\)/);
    expect(await start(given)).toMatchObject({ status: 0, stderr: expect.stringMatching(/gone was begun before/) });
  });

  test("sends nothing again when it has been fed, nor with another template, file or hours", async () => {
    const csv = aCsvOfTasks({ good: 20 });
    const file = await files.write("again.csv", csv);
    await start({ file, job: "again" });
    const before = await namesWhenDone();
    const otherTemplate = await files.write("other.json", A_TASK_TEMPLATE.replace("{{name}}", "again {{name}}"));
    const otherFile = await files.write("other.csv", csv.replace("row 7", "row seven"));

    const again = await start({ file, job: "again" });
    const changed = [
      await start({ file, job: "again", options: ["--template", otherTemplate] }),
      await start({ file: otherFile, job: "again" }),
      await start({ file, job: "again", options: ["--between", "00:00-24:00", "--time-zone", "UTC"] }),
    ];

    expect(again).toMatchObject({ status: 0, stdout: expect.stringMatching(/^again is fed: 20 rows/) });
    expect(changed.map(({ status }) => status)).toEqual([1, 1, 1]);
    expect(changed.map(({ stderr }) => stderr)).toEqual([
      expect.stringMatching(/with another template, and nothing was sent/),
      expect.stringMatching(/with another file: .*other\.csv has .* bytes/),
      expect.stringMatching(/with other sending hours, and nothing was sent/),
    ]);
    expect(await namesWhenDone()).toEqual(before);
  });

  test("started by two at once, makes exactly one contact of each row", async () => {
    const file = await files.write("twice.csv", aCsvOfTasks({ good: 300 }));
    const made = (await namesWhenDone()).length;
    const outcomes = await Promise.all([1, 2].map(async () => start({ file, job: "twice" })));

    // The second may find that the first has just begun it, and is told so.
    expect(outcomes.map(({ status }) => status)).toContain(0);
    expect((await namesWhenDone()).slice(made).toSorted()).toEqual(namesOfTasks(300).toSorted());
    expect(await start({ file, job: "twice" })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^twice is fed: 300 rows/),
    });
  });

  test("begins a job anew that ended before its files were stored, with another file too", async () => {
    const file = await files.write("anew.csv", aCsvOfTasks({ good: 10 }));
    await startAndKill({ file, job: "anew" }, "before", numbered(1, /^PUT .*\/backfills\/anew\/\w+\/template/));
    const asked = await about("status", "anew");
    await writeFile(file, aCsvOfTasks({ good: 12 }));
    const otherTemplate = await files.write("anew.json", A_TASK_TEMPLATE.replace("{{name}}", "anew {{name}}"));

    const { status, stdout, stderr } = await start({ file, job: "anew", options: ["--template", otherTemplate] });

    expect(asked).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^The file of the job anew is being stored .*: nothing of it was sent\./m),
    });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/^anew is fed: 12 rows/) });
    expect(stderr).toMatch(/^Note: anew was begun at .*, and nothing of it was sent: it is begun anew\./m);
    const names = (await namesWhenDone()).filter((name) => String(name).startsWith("anew "));
    expect(names.toSorted()).toEqual(
      namesOfTasks(12)
        .map((name) => `anew ${name}`)
        .toSorted(),
    );
  });

  test("is left by its name where another start takes it while its file is being stored, and sends nothing", async () => {
    const file = await files.write("taken.csv", aCsvOfTasks({ good: 10 }));
    const otherFile = await files.write("taking.csv", aCsvOfTasks({ good: 7 }));
    const made = (await namesWhenDone()).length;
    const other = Promise.withResolvers<CliOutcome>();
    endpoint.hold(numbered(1, /^PUT .*\/backfills\/taken\/\w+\/ranges/), async () => {
      other.resolve(await start({ file: otherFile, job: "taken" }));
    });
    const first = await start({ file, job: "taken" });

    expect(await other.promise).toMatchObject({ status: 0, stdout: expect.stringMatching(/^taken is fed: 7 rows/) });
    expect(first).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^The job taken was begun or cancelled by somebody else meanwhile/m),
    });
    expect((await namesWhenDone()).slice(made).toSorted()).toEqual(namesOfTasks(7).toSorted());
  });

  test("killed before it could say that all is fed, has fed all, as status and the next start see it", async () => {
    const file = await files.write("unmarked.csv", aCsvOfTasks({ good: 20 }));
    const isMark = ({ name, body }: WatchedCall) => name === UPDATE_ITEM && body.includes('{"S":"fed"}');
    await startAndKill({ file, job: "unmarked" }, "before", isMark);
    const state = async () =>
      (await deployment.system.tableItems("contact-requests-state")).find(({ key }) => key === "job#unmarked")?.[
        "state"
      ];

    expect(await state()).toBe("feeding");
    expect(await readdir(dirname(file))).toContain("unmarked.csv.unmarked.checkpoint.json");
    expect(await about("status", "unmarked")).toMatchObject({ stdout: expect.stringContaining("all rows fed") });
    expect(await start({ file, job: "unmarked" })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^unmarked is fed: 20 rows/),
    });
    expect(await state()).toBe("fed");
    expect(await readdir(dirname(file))).not.toContain("unmarked.csv.unmarked.checkpoint.json");
  });

  test("stores nothing of a file that S3 does not take at once, and says so before anything else", async () => {
    const file = await files.write("large.csv", "id,name,note\n");
    await truncate(file, 5 * 1024 ** 3 + 1);

    expect(await start({ file, job: "large" })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^.*large\.csv has 5\.00 GiB, and S3 takes no more than 5 GiB at once: split it/),
    });
  });

  test("ends with 130 at Ctrl-C, and goes on with the same command", async () => {
    const file = await files.write("interrupted.csv", aCsvOfTasks({ good: 500 }));
    const cli = startCli("contact-requests.ts", argumentsOf({ file, job: "interrupted" }), environment());
    endpoint.at("after", numbered(3, SEND_BATCH), () => cli.child.kill("SIGINT"));

    expect(await cli.ended).toMatchObject({ status: 130, stderr: expect.stringMatching(/Interrupted\..*goes on/) });
    expect(await start({ file, job: "interrupted" })).toMatchObject({ status: 0 });
  });

  test("refuses a cancelled job", async () => {
    const file = await files.write("cancelled.csv", aCsvOfTasks({ good: 10 }));
    await startAndKill({ file, job: "cancelled" }, "before", numbered(1, SEND_BATCH));
    await runCli("contact-requests.ts", ["backfill", "cancel", "cancelled"], environment());

    const { status, stderr } = await start({ file, job: "cancelled" });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^The job cancelled was cancelled/m);
  });

  test.each([
    [
      "a row that the contract refuses",
      aCsvOfTasks({ good: 3, refused: 1 }),
      1,
      /^Not started: 1 row would be refused/m,
    ],
    ["two rows with one key and another content", "id,name,note\na,1,\na,2,\n", 1, /^Not started: 1 row with the key/m],
    ["an unclosed quote", 'id,name,note\na,"1,\n', 2, /a quote is opened and never closed/],
    ["UTF-16", Buffer.from("\uFEFFid,name,note\na,1,\n", "utf16le"), 2, /UTF-16/],
  ])("sends nothing of a file with %s", async (name, content, status, sentence) => {
    const job = name.replaceAll(" ", "-");
    const file = await files.write(`${job}.csv`, content);
    let calls = 0;
    endpoint.at(
      "before",
      (call) => {
        if (call.name.startsWith("PUT") || call.name === SEND_BATCH || call.name.endsWith("PutItem")) calls += 1;
        return false;
      },
      () => undefined,
    );

    const outcome = await start({ file, job });

    expect(outcome).toMatchObject({ status, stderr: expect.stringMatching(sentence) });
    expect(calls).toBe(0);
  });
});

test("start without --direct says on one machine to use it, and stores nothing", async () => {
  const file = await files.write("machine.csv", aCsvOfTasks({ good: 1 }));
  const args = argumentsOf({ file, job: "machine" }).filter((argument) => argument !== "--direct");

  const { status, stderr } = await runCli("contact-requests.ts", args, environment());

  expect(status).toBe(2);
  expect(stderr).toMatch(/runs no state machines.*--direct/);
  const items = await deployment.system.tableItems("contact-requests-state");
  expect(items.map(({ key }) => key)).not.toContain("job#machine");
});
