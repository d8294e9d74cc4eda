import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openRowSource } from "#cli/backfill/input/open-row-source.ts";
import type { RowSource } from "#cli/backfill/input/row-source.ts";
import { templateHash } from "#cli/backfill/job/template-hash.ts";
import { type BeginParts, beginJob } from "#cli/backfill/start/begin-job.ts";
import type { StoredJob } from "#cli/backfill/start/stored-job.ts";
import type { TemplateJob } from "#shared/backfill/backfill-job.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { JobItem } from "#shared/job-item.ts";
import { A_TASK_TEMPLATE, aCsvOfTasks } from "#test/support/backfill/a-backfill.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const NOW_MS = Date.parse("2026-11-30T09:00:00Z");
const DAY_MS = 86_400_000;

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
    templateHash: templateHash(JOB),
    fileHash: await source.hash(),
    fileBytes: source.bytes,
    startedAtMs: NOW_MS - 60_000,
    state: "feeding",
  };
});
afterAll(async () => {
  await source.close();
  await files.remove();
});

interface Wishes {
  readonly before?: JobItem;
  /** Whether the files of that start are stored. */
  readonly isStored?: boolean;
  readonly isAdmitted?: boolean;
  readonly isRegistered?: boolean;
}

function aDeployment({ before, isStored = false, isAdmitted = true, isRegistered = true }: Wishes = {}) {
  const log: string[] = [];
  const registered: [JobItem, JobItem | undefined][] = [];
  const uploaded: StoredJob[] = [];
  const stored = new Map<string, string>();
  if (before !== undefined && isStored) {
    const { templateHash: hash, fileHash } = before;
    stored.set(jobFiles("spring").ranges, JSON.stringify([{ start: 13, end: 100, firstLine: 2, rows: 5 }]));
    stored.set(
      jobFiles("spring").template,
      JSON.stringify({ job: JOB, columns: ["id", "name", "note"], templateHash: hash, fileHash }),
    );
  }
  const parts = {
    jobs: { read: async () => before },
    register: {
      register: async (_job: string, now: JobItem, replaced: JobItem | undefined) => {
        log.push("registered");
        registered.push([now, replaced]);
        return isRegistered;
      },
    },
    files: { text: async (key: string) => stored.get(key) },
    nowMs: NOW_MS,
    admit: async () => {
      log.push("planned");
      return isAdmitted;
    },
    upload: async (job: StoredJob) => {
      log.push("uploaded");
      uploaded.push(job);
    },
  } as unknown as BeginParts;
  return { parts, log, registered, uploaded };
}

describe("a job that nobody has begun", () => {
  test("is planned, registered and then stored, in this order", async () => {
    const { parts, log, registered, uploaded } = aDeployment();
    const begun = await beginJob({ source, job: JOB }, parts);

    expect(log).toEqual(["planned", "registered", "uploaded"]);
    expect(registered).toEqual([[{ ...item, startedAtMs: NOW_MS }, undefined]]);
    expect(begun).toMatchObject({ kind: "begun", isResumed: false, item: { fileHash: item.fileHash } });
    expect(uploaded[0]).toMatchObject({
      description: {
        job: JOB,
        columns: ["id", "name", "note"],
        templateHash: item.templateHash,
        fileHash: item.fileHash,
      },
      ranges: [{ start: 13, end: source.bytes, firstLine: 2, rows: 5 }],
    });
  });

  test("is neither registered nor stored where its plan is not admitted", async () => {
    const { parts, log } = aDeployment({ isAdmitted: false });

    expect(await beginJob({ source, job: JOB }, parts)).toEqual({ kind: "not-admitted" });
    expect(log).toEqual(["planned"]);
  });

  test("is not stored where somebody else was faster", async () => {
    const { parts, log } = aDeployment({ isRegistered: false });

    await expect(beginJob({ source, job: JOB }, parts)).rejects.toThrow(/begun by somebody else just now/);
    expect(log).not.toContain("uploaded");
  });
});

describe("a job that was begun", () => {
  test("goes on with the files that are stored, without a look at its rows", async () => {
    const { parts, log } = aDeployment({ before: item, isStored: true });

    expect(await beginJob({ source, job: JOB }, parts)).toMatchObject({
      kind: "begun",
      isResumed: true,
      item,
      stored: { ranges: [{ start: 13, end: 100, firstLine: 2, rows: 5 }] },
    });
    expect(log).toEqual([]);
  });

  test("is left alone when it is fed", async () => {
    const { parts, log } = aDeployment({ before: { ...item, state: "fed" }, isStored: false });

    expect(await beginJob({ source, job: JOB }, parts)).toMatchObject({ kind: "fed" });
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
  ])("is refused where it was begun %s", async (_name, change, sentence) => {
    const { parts, log } = aDeployment({ before: { ...item, ...change }, isStored: true });

    await expect(beginJob({ source, job: JOB }, parts)).rejects.toMatchObject({
      message: expect.stringMatching(sentence),
      exitStatus: 1,
    });
    expect(log).toEqual([]);
  });

  test("begins anew, with whatever file, where its files were never stored", async () => {
    const before = { ...item, fileHash: "0".repeat(64), templateHash: "1".repeat(64) };
    const { parts, log, registered } = aDeployment({ before });
    await beginJob({ source, job: JOB }, parts);

    expect(log).toEqual(["planned", "registered", "uploaded"]);
    expect(registered).toEqual([[{ ...item, startedAtMs: NOW_MS }, before]]);
  });

  test("is refused with another file after a month, when its files are gone and its rows may have been sent", async () => {
    const before = { ...item, fileHash: "0".repeat(64), startedAtMs: NOW_MS - 31 * DAY_MS };
    const { parts, log } = aDeployment({ before });

    await expect(beginJob({ source, job: JOB }, parts)).rejects.toThrow(/with another file/);
    expect(log).toEqual([]);
  });

  test("is stored again after a month, when its files are gone, and goes on", async () => {
    const before = { ...item, startedAtMs: NOW_MS - 31 * DAY_MS };
    const { parts, log } = aDeployment({ before });

    expect(await beginJob({ source, job: JOB }, parts)).toMatchObject({ item: before, isResumed: true });
    expect(log).toEqual(["planned", "uploaded"]);
  });

  test("goes on with the storing of the same file, without taking the start from whoever is at it", async () => {
    const { parts, log } = aDeployment({ before: item });

    expect(await beginJob({ source, job: JOB }, parts)).toMatchObject({ item, isResumed: true });
    expect(log).toEqual(["planned", "uploaded"]);
  });
});
