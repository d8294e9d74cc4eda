import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openRowSource } from "#cli/backfill/input/open-row-source.ts";
import type { RowSource } from "#cli/backfill/input/row-source.ts";
import { templateHash } from "#cli/backfill/job/template-hash.ts";
import { type BeginParts, beginJob } from "#cli/backfill/start/begin-job.ts";
import type { StoredJob } from "#cli/backfill/start/stored-job.ts";
import type { TemplateJob } from "#shared/backfill/backfill-job.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { JobItem } from "#shared/job-item.ts";
import { A_TASK_TEMPLATE, aCsvOfTasks } from "#test/support/backfill/a-backfill.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const NOW_MS = Date.parse("2026-11-30T09:00:00Z");
const BEFORE: JobStart = { job: "spring", startId: "0a1b2c3d4e5f" };
const INSTANCES = ["arn:aws:connect:us-east-1:000000000000:instance/00000000-0000-4000-8000-000000000000"];
const AN_ID = expect.stringMatching(/^[0-9a-f]{12}$/);

const JOB: TemplateJob = {
  job: "spring",
  operation: "CreateContact",
  format: { kind: "csv", delimiter: "," },
  template: JSON.parse(A_TASK_TEMPLATE),
  keyColumn: "id",
};

let files: WrittenFiles;
let source: RowSource;
let item: JobItem;
beforeAll(async () => {
  files = await writtenFiles();
  source = await openRowSource(await files.write("rows.csv", aCsvOfTasks({ good: 5 })), () =>
    Promise.reject(new Error("No access is needed for it.")),
  );
  item = {
    operation: "CreateContact",
    startId: BEFORE.startId,
    templateHash: templateHash(JOB),
    fileHash: await source.hash(),
    fileBytes: source.bytes,
    startedAtMs: NOW_MS - 60_000,
    connectInstanceArns: INSTANCES,
    state: "feeding",
  };
});
afterAll(async () => {
  await source.close();
  await files.remove();
});

interface Wishes {
  readonly before?: JobItem;
  /** Whether the files of that start are there. */
  readonly isStored?: boolean;
  readonly isAdmitted?: boolean;
  readonly isRegistered?: boolean;
  readonly isMarked?: boolean;
}

function aDeployment(wishes: Wishes = {}) {
  const { before, isStored = false, isAdmitted = true, isRegistered = true, isMarked = true } = wishes;
  const log: string[] = [];
  const registered: [JobItem, JobStart | undefined][] = [];
  const uploaded: [JobStart, StoredJob][] = [];
  const stored = new Map<string, string>();
  if (isStored) {
    stored.set(jobFiles(BEFORE).ranges, JSON.stringify([{ start: 13, end: 100, firstLine: 2, rows: 5 }]));
    const description = { job: JOB, columns: ["id", "name", "note"], connectInstanceArns: INSTANCES };
    stored.set(jobFiles(BEFORE).template, JSON.stringify(description));
    stored.set(jobFiles(BEFORE).input, "");
  }
  const parts: BeginParts = {
    jobs: {
      read: async () => before,
      register: async (_job, now, replaced) => {
        log.push("registered");
        registered.push([now, replaced]);
        return isRegistered;
      },
      markStored: async ({ startId }) => {
        log.push("marked");
        expect(startId).toBe(registered[0]?.[0].startId);
        return isMarked;
      },
    },
    files: { text: async (key: string) => stored.get(key), has: async (key: string) => stored.has(key) },
    nowMs: NOW_MS,
    connectInstanceArns: INSTANCES,
    admit: async () => {
      log.push("planned");
      return isAdmitted;
    },
    upload: async (start, job) => {
      log.push("uploaded");
      uploaded.push([start, job]);
    },
  };
  return { parts, log, registered, uploaded, stored };
}

const BEGINNING = ["planned", "registered", "uploaded", "marked"];

describe("a job that nobody has begun", () => {
  test("is planned, registered, stored under a start of its own, and then marked as stored, in this order", async () => {
    const { parts, log, registered, uploaded } = aDeployment();
    const begun = await beginJob({ source, job: JOB }, parts);

    expect(log).toEqual(BEGINNING);
    expect(registered).toEqual([[{ ...item, startId: AN_ID, startedAtMs: NOW_MS, state: "storing" }, undefined]]);
    const start = { job: "spring", startId: registered[0]?.[0].startId };
    expect(begun).toMatchObject({ kind: "begun", isResumed: false, start });
    expect(uploaded).toEqual([
      [
        start,
        {
          description: { job: JOB, columns: ["id", "name", "note"], connectInstanceArns: INSTANCES },
          ranges: [{ start: 13, end: source.bytes, firstLine: 2, rows: 5 }],
        },
      ],
    ]);
  });

  test("is another start each time", async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { parts, registered } = aDeployment();
        await beginJob({ source, job: JOB }, parts);
        return registered[0]?.[0].startId;
      }),
    );
    expect(new Set(ids).size).toBe(20);
  });

  test("is neither registered nor stored where its plan is not admitted", async () => {
    const { parts, log } = aDeployment({ isAdmitted: false });

    expect(await beginJob({ source, job: JOB }, parts)).toEqual({ kind: "not-admitted" });
    expect(log).toEqual(["planned"]);
  });

  test.each<readonly [string, Wishes, readonly string[]]>([
    ["is not stored where somebody else was faster", { isRegistered: false }, ["planned", "registered"]],
    ["is not begun where somebody took the name while it was stored", { isMarked: false }, BEGINNING],
  ])("%s", async (_what, wishes, steps) => {
    const { parts, log } = aDeployment(wishes);

    await expect(beginJob({ source, job: JOB }, parts)).rejects.toMatchObject({
      message: expect.stringMatching(/begun or cancelled by somebody else meanwhile, .* nothing of it was sent/),
      exitStatus: 1,
    });
    expect(log).toEqual(steps);
  });
});

describe("a job of which not all files were stored", () => {
  test.each([
    ["with whatever file and template", { fileHash: "0".repeat(64), templateHash: "1".repeat(64) }],
    ["with the same ones", {}],
    ["however long ago that was", { startedAtMs: 0 }],
  ])("is begun anew, as another start, %s, and people are told", async (_what, change) => {
    const told = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const before: JobItem = { ...item, ...change, state: "storing" };
    const { parts, log, registered } = aDeployment({ before, isStored: true });
    const begun = await beginJob({ source, job: JOB }, parts);
    const lines = told.mock.calls.map(([line]) => String(line));
    told.mockRestore();

    expect(begun).toMatchObject({ kind: "begun", isResumed: false });
    expect(log).toEqual(BEGINNING);
    expect(registered).toEqual([[{ ...item, startId: AN_ID, startedAtMs: NOW_MS, state: "storing" }, BEFORE]]);
    expect(registered[0]?.[0].startId).not.toBe(BEFORE.startId);
    expect(lines).toContainEqual(expect.stringMatching(/^Note: spring was begun at .*, and nothing of it was sent/));
  });
});

describe("a job that was begun", () => {
  test("goes on with the files that are stored, without a look at its rows", async () => {
    const { parts, log } = aDeployment({ before: item, isStored: true });

    expect(await beginJob({ source, job: JOB }, parts)).toMatchObject({
      kind: "begun",
      isResumed: true,
      start: BEFORE,
      stored: { ranges: [{ start: 13, end: 100, firstLine: 2, rows: 5 }] },
    });
    expect(log).toEqual([]);
  });

  test("is left alone when it is fed", async () => {
    const { parts, log } = aDeployment({ before: { ...item, state: "fed" } });

    expect(await beginJob({ source, job: JOB }, parts)).toEqual({ kind: "fed", start: BEFORE });
    expect(log).toEqual([]);
  });

  test.each<readonly [string, Partial<JobItem>, RegExp]>([
    ["with another template", { templateHash: "0".repeat(64) }, /at 2026-11-30 08:59 UTC with another template, key/],
    [
      "with another file of another size",
      { fileHash: "0".repeat(64), fileBytes: 7 },
      /with another file: .*and that one had 7 bytes/,
    ],
    [
      "with another file of its size",
      { fileHash: "0".repeat(64) },
      /with another file: .* as that one had, and others/,
    ],
    ["and was cancelled", { state: "cancelled" }, /The job spring was cancelled/],
  ])("is refused where it was begun %s, whether its files are there or gone", async (_name, change, sentence) => {
    for (const isStored of [true, false]) {
      for (const state of ["feeding", "fed"] as const) {
        const { parts, log } = aDeployment({ before: { ...item, state, ...change }, isStored });

        await expect(beginJob({ source, job: JOB }, parts)).rejects.toMatchObject({
          message: expect.stringMatching(sentence),
          exitStatus: 1,
        });
        expect(log).toEqual([]);
      }
    }
  });

  test.each(["input", "template", "ranges"] as const)(
    "is stored again under the same start when its %s is gone, and goes on",
    async (which) => {
      const { parts, log, uploaded, stored } = aDeployment({ before: item, isStored: true });
      stored.delete(jobFiles(BEFORE)[which]);

      expect(await beginJob({ source, job: JOB }, parts)).toMatchObject({ start: BEFORE, isResumed: true });
      expect(log).toEqual(["planned", "uploaded"]);
      expect(uploaded[0]?.[0]).toEqual(BEFORE);
    },
  );

  test("is stored again with the instances of its start, whatever the deployment serves by now", async () => {
    const { parts, uploaded } = aDeployment({ before: item });
    const connectInstanceArns = [`${INSTANCES[0]}-other`, ...INSTANCES];
    await beginJob({ source, job: JOB }, { ...parts, connectInstanceArns });

    expect(uploaded[0]?.[1].description.connectInstanceArns).toEqual(INSTANCES);
  });

  test.each([
    ["template", '{"job":', /cannot read backfills\/spring\/0a1b2c3d4e5f\/template\.json .*\(all of it\)/],
    ["template", '{"job":{}}', /cannot read .*template\.json .*\(.*job.*columns/],
    ["ranges", "[{}]", /cannot read .*ranges\.json .*\(0\.start/],
  ] as const)("is refused with a sentence where its %s cannot be read: %s", async (which, text, sentence) => {
    const { parts, stored } = aDeployment({ before: item, isStored: true });
    stored.set(jobFiles(BEFORE)[which], text);

    await expect(beginJob({ source, job: JOB }, parts)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(sentence),
    });
  });
});
