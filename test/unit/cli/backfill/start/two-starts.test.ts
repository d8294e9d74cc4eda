import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { SYSTEM_CLOCK } from "#cli/backfill/deployment/system-clock.ts";
import { openRowSource } from "#cli/backfill/input/open-row-source.ts";
import type { RowSource } from "#cli/backfill/input/row-source.ts";
import { templateHash } from "#cli/backfill/job/template-hash.ts";
import { type BeginParts, beginJob } from "#cli/backfill/start/begin-job.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import type { TemplateJob } from "#shared/backfill/backfill-job.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";
import { A_TASK_TEMPLATE, aCsvOfTasks } from "#test/support/backfill/a-backfill.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

let table: RunningStateTable;
let files: WrittenFiles;
const sources: RowSource[] = [];
beforeAll(async () => {
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  table = await aStateTable();
  files = await writtenFiles();
  for (const good of [3, 5]) {
    const path = await files.write(`${good}.csv`, aCsvOfTasks({ good }));
    sources.push(await openRowSource(path, () => Promise.reject(new Error("No access is needed for it."))));
  }
});
afterAll(async () => {
  jest.restoreAllMocks();
  for (const source of sources) await source.close();
  await files.remove();
  await table.stop();
});

/** What a start does to the table and the bucket: read, register, upload, mark as stored. */
const STEPS = 4;

/** All orders in which the steps of two starts can come. */
function interleavings(left: readonly [number, number] = [STEPS, STEPS]): readonly (readonly (0 | 1)[])[] {
  const [first, second] = left;
  if (first === 0 && second === 0) return [[]];
  return [
    ...(first > 0 ? interleavings([first - 1, second]).map((rest) => [0 as const, ...rest]) : []),
    ...(second > 0 ? interleavings([first, second - 1]).map((rest) => [1 as const, ...rest]) : []),
  ];
}

/** Lets a start do one step at a time. */
class Turns {
  #next = Promise.withResolvers<void>();
  #waiting = Promise.withResolvers<void>();
  #ended = false;

  async step<Value>(act: () => Promise<Value>): Promise<Value> {
    this.#waiting.resolve();
    await this.#next.promise;
    this.#next = Promise.withResolvers();
    return await act();
  }

  end(): void {
    this.#ended = true;
    this.#waiting.resolve();
  }

  /** Resolves when the step is done, and the start waits for its next turn or has ended. */
  async go(): Promise<void> {
    await this.#waiting.promise;
    if (this.#ended) return;
    this.#waiting = Promise.withResolvers();
    this.#next.resolve();
    await this.#waiting.promise;
  }
}

/** A start that another one has left no place: it is told so, and sends nothing. */
const LOST = {
  kind: "faulty",
  fault: expect.objectContaining({
    name: "CommandError",
    exitStatus: 1,
    message: expect.stringMatching(/nothing (?:of it )?was sent/),
  }),
};

const jobNamed = (job: string, keyColumn: string): TemplateJob => ({
  job,
  operation: "CreateContact",
  format: { kind: "csv", delimiter: "," },
  template: JSON.parse(A_TASK_TEMPLATE),
  keyColumn,
});

interface World {
  readonly jobs: DynamoDbJobs;
  readonly bucket: Map<string, string>;
}

function partsOf({ jobs, bucket }: World, turns: Turns): BeginParts {
  return {
    jobs: {
      read: async (job) => turns.step(() => jobs.read(job)),
      register: async (job, item, before) => turns.step(() => jobs.register(job, item, before)),
      markStored: async (start) => turns.step(() => jobs.markStored(start)),
    },
    files: { text: async (key) => bucket.get(key), has: async () => true },
    nowMs: 1_795_176_000_000,
    connectInstanceArns: ["arn:aws:connect:us-east-1:000000000000:instance/any"],
    admit: async () => true,
    upload: async (start, { description, ranges }) =>
      turns.step(async () => {
        bucket.set(jobFiles(start).ranges, JSON.stringify(ranges));
        bucket.set(jobFiles(start).template, JSON.stringify(description));
      }),
  };
}

test.each([
  ["the same file and template", [0, 0], ["id", "id"]],
  ["another template", [0, 0], ["id", "name"]],
  ["another file", [0, 1], ["id", "id"]],
] as const)(
  "two starts of one name with %s: in whatever order they come, one alone may feed, and goes by its own files",
  async (what, whichSource, keyColumns) => {
    const orders = interleavings();
    expect(orders).toHaveLength(70);
    for (const order of orders) {
      const world: World = { jobs: new DynamoDbJobs(table, SYSTEM_CLOCK), bucket: new Map() };
      const name = `${what.replaceAll(" ", "-")}-${order.join("")}`;
      const starts = ([0, 1] as const).map((who) => {
        const source = sources[whichSource[who]];
        if (source === undefined) throw new Error("There is no such file.");
        const job = jobNamed(name, keyColumns[who]);
        const turns = new Turns();
        const ended = beginJob({ source, job }, partsOf(world, turns))
          .catch((fault: unknown) => ({ kind: "faulty" as const, fault }))
          .finally(() => turns.end());
        return { turns, ended, job, source };
      });
      for (const who of order) await starts[who]?.turns.go();

      const outcomes = await Promise.all(starts.map(async ({ ended }) => ended));
      const item = await world.jobs.read(name);
      const begun = outcomes.flatMap((outcome, who) => (outcome.kind === "begun" ? [{ ...outcome, who }] : []));
      for (const outcome of outcomes) {
        if (outcome.kind !== "begun") expect({ name, outcome }).toEqual({ name, outcome: LOST });
      }
      expect({ name, state: item?.state, begun: begun.length > 0 }).toEqual({ name, state: "feeding", begun: true });
      for (const { start, stored, who } of begun) {
        const mine = starts[who];
        expect(start).toEqual({ job: name, startId: item?.startId });
        expect(item).toMatchObject({
          templateHash: mine === undefined ? "" : templateHash(mine.job),
          fileHash: await mine?.source.hash(),
        });
        const { template, ranges } = jobFiles(start);
        expect(JSON.parse(world.bucket.get(template) ?? "")).toMatchObject({ job: mine?.job });
        expect(JSON.parse(world.bucket.get(ranges) ?? "")).toEqual(stored.ranges);
      }
    }
  },
);
