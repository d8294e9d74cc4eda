import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "csv-parse";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import { clientToken } from "#shared/client-token.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { runCli, startCli } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { clientVariables } from "#test/support/local-process.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);
const ROWS = 5_000;
const JOB = "autumn";

let deployment: LocalDeployment;
let files: WrittenFiles;

beforeAll(async () => {
  files = await writtenFiles();
  deployment = await aLocalDeployment({
    settings: { ...SMALL_TIMES, quotas: quotaOfEach({ ratePerSecond: 400, burst: 100 }) },
    seed: SEED,
    connect: {
      settings: { quota: { all: { ratePerSecond: 800, burst: 200 } }, caps: { task: 2 * ROWS } },
      faults: {
        CreateContact: {
          lostAnswer: { probability: 0.03 },
          internalErrorBefore: { probability: 0.03 },
          connectionReset: { probability: 0.02 },
        },
      },
    },
  });
});

afterAll(async () => {
  await deployment.stop();
  await files.remove();
});

/** A row of the file, and what must become of it. */
interface Row {
  readonly key: string;
  readonly text: string;
  readonly fate: "contact" | "refused" | "as an earlier row";
}

/** Mostly good rows, with a few of every defect. */
function rowsOfTheFile(): readonly Row[] {
  return Array.from({ length: ROWS }, (_, index): Row => {
    const key = `customer-${index}`;
    const name = `Order ${index}`;
    switch (index % 250) {
      case 17:
        return { key, text: `${key},${"x".repeat(2_000)},too long a name`, fate: "refused" };
      case 41:
        return { key: "", text: `,${name},no key`, fate: "refused" };
      case 67:
        return {
          key: "with space",
          text: `with space ${index},${name},a key that no requestId can have`,
          fate: "refused",
        };
      case 93:
        return { key, text: `${key},${name}`, fate: "refused" };
      case 119:
        return { key, text: `${key},"${name}, ""urgent""","two\nlines"`, fate: "contact" };
      case 145:
        return { key, text: `${key},Bestellung ${index} für Zoë 🎉,`, fate: "contact" };
      case 171:
        return {
          key: `customer-${index - 1}`,
          text: `customer-${index - 1},Order ${index - 1},good`,
          fate: "as an earlier row",
        };
      default:
        return { key, text: `${key},${name},good`, fate: "contact" };
    }
  });
}

const TEMPLATE = {
  operation: "CreateContact",
  input: { Channel: "TASK", InitiationMethod: "API", Name: "{{name}}", Description: "Note: {{note}}" },
};

const backfill = (...args: readonly string[]) => ["backfill", ...args];
const options = () => ({ env: { ...clientVariables(deployment.system.endpoint), INIT_CWD: files.directory } });
const START = backfill(
  ...["start", "customers.csv", "--direct", "--template", "template.json"],
  ...["--job", JOB, "--key", "customer", "--skip-refused"],
);

/**
 * How many messages each feeder that is killed has got out by then: none while it checks and stores the file, few of its first
 * range, more than the first range has, and few again of what is left.
 */
const KILLED_AFTER = [0, 100, 2_500, 100, 100];

async function startKilled(messages: number, random: () => number): Promise<void> {
  const before = gotOut();
  const { child, ended } = startCli("contact-requests.ts", START, options());
  if (messages === 0) await sleep(300 + random() * 600);
  else await eventually(() => expect(gotOut() - before).toBeGreaterThanOrEqual(messages));
  child.kill("SIGKILL");
  // Else it had come to its end, and nothing was interrupted.
  expect((await ended).status).toBeNull();
}

const contactsOf = (key: string): number => {
  const parts = { instanceId: AN_INSTANCE.id, operation: "CreateContact", requestId: `${JOB}/${key}` };
  const token = clientToken(parts);
  return deployment.system.connect.contacts().filter((contact) => contact.clientToken === token).length;
};

const waiting = (): number => {
  const depth = deployment.system.queueDepths()["contact-requests-CreateContact-backfill"];
  return depth === undefined ? 0 : depth.visible + depth.inFlight + depth.delayed;
};

const gotOut = (): number => deployment.system.connect.contacts().length + waiting();

test(`a file of ${ROWS} rows with defects, its feeder killed ${KILLED_AFTER.length} times: one contact a good row, and a line for every row (seed ${SEED})`, async () => {
  const random = seededRandom(SEED, "backfill");
  const rows = rowsOfTheFile();
  await files.write("customers.csv", `customer,name,note\r\n${rows.map(({ text }) => text).join("\r\n")}\r\n`);
  await files.write("template.json", JSON.stringify(TEMPLATE));

  for (const messages of KILLED_AFTER) await startKilled(messages, random);
  const { status, stderr } = await runCli("contact-requests.ts", START, options());
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  await eventually(() => {
    // What a worker did not answer for would show again after its visibility timeout only.
    if (deployment.system.connect.contacts().length > ROWS / 2) deployment.system.showMessagesInFlight();
    expect(waiting()).toBe(0);
  });

  const good = rows.filter(({ fate }) => fate === "contact");
  expect(good.filter(({ key }) => contactsOf(key) !== 1)).toEqual([]);
  expect(deployment.system.connect.contacts().length).toBe(good.length);

  // The same job again makes no contact, whatever is left of it.
  expect((await runCli("contact-requests.ts", START, options())).status).toBe(0);
  expect(waiting()).toBe(0);
  expect(deployment.system.connect.contacts().length).toBe(good.length);

  // Changed in its template it is another job.
  await files.write("template.json", JSON.stringify({ ...TEMPLATE, source: "billing" }));
  const changed = await runCli("contact-requests.ts", START, options());
  expect(changed.status).toBe(1);
  expect(changed.stderr).toContain("template");

  const reported = await runCli("contact-requests.ts", backfill("report", JOB, "--output", "report.csv"), options());
  expect(reported).toMatchObject({ status: 0 });
  await stateReport(rows);
});

/** The report has a line for each row, in the file's order, and what it says is true. */
async function stateReport(rows: readonly Row[]): Promise<void> {
  const lines: Record<string, string>[] = [];
  const table = createReadStream(`${files.directory}/report.csv`).pipe(parse({ columns: true }));
  for await (const line of table) lines.push(line);
  expect(lines).toHaveLength(rows.length);
  expect((await readFile(`${files.directory}/report.csv`, "utf8")).endsWith("\n")).toBe(true);
  const states = lines.map(({ state }, index) => ({ state, fate: rows[index]?.fate }));
  const expected = { contact: "started", refused: "refused", "as an earlier row": "started" };
  expect(states.filter(({ state, fate }) => fate === undefined || state !== expected[fate])).toEqual([]);
  const ids = new Map(
    deployment.system.connect.contacts().map(({ clientToken: token, contactId }) => [token, contactId]),
  );
  const untrue = lines.filter(({ requestId = "", ContactId, state }) => {
    const token = clientToken({ instanceId: AN_INSTANCE.id, operation: "CreateContact", requestId });
    return state === "started" && ids.get(token) !== ContactId;
  });
  expect(untrue).toEqual([]);
}
