import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "csv-parse";
import { clientToken } from "#shared/client-token.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { aWatchedEndpoint } from "#test/support/backfill/watched-endpoint.ts";
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
  /** As the report tells it: empty where the row cannot be read. */
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
          key: `with space ${index}`,
          text: `with space ${index},${name},a key that no requestId can have`,
          fate: "refused",
        };
      case 93:
        return { key: "", text: `${key},${name}`, fate: "refused" };
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

const STORES_THE_ROWS = new RegExp(`^PUT /[^/]+/backfills/${JOB}/([^/]+/)?input`);

/** The first feeder is killed while it stores the file, before anything is sent. */
async function startKilledWhileStoring(): Promise<void> {
  const watched = await aWatchedEndpoint(deployment.system.endpoint);
  const env = { ...options().env, ...clientVariables(watched.address) };
  const { child, ended } = startCli("contact-requests.ts", START, { env });
  const isStoring = ({ name }: { readonly name: string }) => STORES_THE_ROWS.test(name);
  watched.at("before", isStoring, () => child.kill("SIGKILL"));
  expect((await ended).status).toBeNull();
  expect(gotOut()).toBe(0);
  await watched.stop();
}

/**
 * How many messages each of the next feeders has got out when it is killed: few of its first range, more than the first range
 * has, and few again of what is left.
 */
const KILLED_AFTER = [100, 2_500, 100, 100];

async function startKilled(messages: number): Promise<void> {
  const before = gotOut();
  const { child, ended } = startCli("contact-requests.ts", START, options());
  await eventually(() => expect(gotOut() - before).toBeGreaterThanOrEqual(messages));
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

test(`a file of ${ROWS} rows with defects, its feeder killed ${1 + KILLED_AFTER.length} times: one contact a good row, and a line for every row (seed ${SEED})`, async () => {
  const rows = rowsOfTheFile();
  await files.write("customers.csv", `customer,name,note\r\n${rows.map(({ text }) => text).join("\r\n")}\r\n`);
  await files.write("template.json", JSON.stringify(TEMPLATE));

  await startKilledWhileStoring();
  for (const messages of KILLED_AFTER) await startKilled(messages);
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
  const refused = rows.filter(({ fate }) => fate === "refused").length;
  expect(countsIn(reported.stdout)).toEqual({ rows: ROWS, started: ROWS - refused, refused });
  await stateReport(rows);
});

/** The counts that a command prints, by their names. */
const countsIn = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...text.matchAll(/^ {2}(\w+) +([\d,]+)/gm)].map(([, name = "", count = ""]) => [
      name,
      Number(count.replaceAll(",", "")),
    ]),
  );

/** Where each row begins in the file, whose first line is the header. Texts in quotes may have line ends. */
function linesOf(rows: readonly Row[]): readonly number[] {
  let next = 2;
  return rows.map(({ text }) => {
    const line = next;
    next += text.split("\n").length;
    return line;
  });
}

/** The report has a line for each row, in the file's order, and what it says is true. */
async function stateReport(rows: readonly Row[]): Promise<void> {
  const lines: Record<string, string>[] = [];
  const table = createReadStream(`${files.directory}/report.csv`).pipe(parse({ columns: true }));
  for await (const line of table) lines.push(line);
  expect(lines).toHaveLength(rows.length);
  expect((await readFile(`${files.directory}/report.csv`, "utf8")).endsWith("\n")).toBe(true);
  const begins = linesOf(rows);
  const isSent = ({ fate }: Row) => fate !== "refused";
  expect(lines.map(({ line, key, requestId, state }) => ({ line, key, requestId, state }))).toEqual(
    rows.map((row, index) => ({
      line: String(begins[index]),
      key: row.key,
      requestId: isSent(row) ? `${JOB}/${row.key}` : "",
      state: isSent(row) ? "started" : "refused",
    })),
  );
  const ids = new Map(
    deployment.system.connect.contacts().map(({ clientToken: token, contactId }) => [token, contactId]),
  );
  const untrue = lines.filter(({ requestId = "", ContactId, state }) => {
    const token = clientToken({ instanceId: AN_INSTANCE.id, operation: "CreateContact", requestId });
    return state === "started" && ids.get(token) !== ContactId;
  });
  expect(untrue).toEqual([]);
}
