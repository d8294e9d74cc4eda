import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import type { OpenFile } from "#shared/backfill/input/input-start.ts";
import { planBackfill } from "#shared/backfill/plan/plan-backfill.ts";
import { aChatRequest, anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aFile } from "./a-file.ts";
import { aCsvJob, aRequestsJob } from "./a-job.ts";
import { planSettings } from "./plan-settings.ts";
import { completed, ms, NOW, planned, reasonsOf, requests } from "./plan-world.ts";

describe("what a plan counts", () => {
  const file = `id,name\n1,Ada\n2,Ada,Ada\n3,${"x".repeat(1_025)}\n4,Grace\n1,Ada\n4,Other\nwith space,${"x".repeat(1_025)}\n`;

  test("are good and refused rows, by rule with their first lines, and duplicates", async () => {
    const plan = await planned(file);
    expect(plan).toMatchObject({ rows: 7, good: 4, refused: 3, contacts: 2, otherRules: 0, outsideJob: 0 });
    expect(plan.rules.map(({ path, code, rows, lines }) => ({ path, code, rows, lines }))).toEqual([
      { path: "input.Name", code: "too-long", rows: 2, lines: [4, 8] },
      { path: "", code: "cell-count", rows: 1, lines: [3] },
      { path: "requestId", code: "pattern", rows: 1, lines: [8] },
    ]);
    expect(plan.duplicates).toEqual({
      rows: 2,
      differing: 1,
      keys: [
        { key: "4", firstLine: 5, rows: 1, differing: 1, lines: [7], differingLines: [7] },
        { key: "1", firstLine: 2, rows: 1, differing: 0, lines: [6], differingLines: [] },
      ],
    });
    expect(plan.verdict).toEqual({ kind: "possible" });
    expect(plan.cautions).toEqual([
      "1 row with the key of an earlier row, but another content: which of them is sent is left to chance, and the others become dead letters. Give each row a key of its own.",
    ]);
  });

  test("is heard by a visitor, row by row and in order, who is waited for", async () => {
    const heard: string[] = [];
    let isBusy = false;
    const visit = async ({ kind, line }: { kind: string; line: number }) => {
      expect(isBusy).toBe(false);
      isBusy = true;
      await Promise.resolve();
      isBusy = false;
      heard.push(`${line} ${kind}`);
    };
    await planBackfill({ job: aCsvJob(), open: aFile(file), visit }, { nowMs: 0, settings: planSettings() });
    expect(heard).toEqual(["2 good", "3 refused", "4 refused", "5 good", "6 good", "7 good", "8 refused"]);
  });

  test("is plain data, which JSON can carry", async () => {
    const plan = await planned(file);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test("of contact requests are the keys that they have, and those that a cancel does not reach", async () => {
    const ids = ["spring/1", "billing/1", "billing/1"];
    const plan = await planned(
      requests(3, (index) => aTaskRequest({ requestId: ids[index] ?? "" })),
      aRequestsJob(),
    );
    expect(plan).toMatchObject({
      good: 3,
      contacts: 2,
      outsideJob: 1,
      duplicates: { rows: 1, keys: [{ lines: [3] }] },
    });
    expect(plan.cautions.join()).toContain("A cancel of the job does not reach 1 row,");
  });
});

describe("rows that are there twice", () => {
  const minutes = (count: number): string => new Date(ms(NOW) + count * 60_000).toISOString();
  const instance = (name: string) => `arn:aws:connect:us-east-1:111122223333:instance/${name}`;
  const someHours = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 23 }))
    .map(([from, to]) => ({ from: `0${from}:00`, to: `${String(to).padStart(2, "0")}:00`, timeZone: "UTC" }));
  const request = fc.record(
    {
      expiresAt: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 90, max: 99 }) }, fc.constant(-1)).map(minutes),
      notBefore: fc.integer({ min: -9, max: 9 }).map(minutes),
      sendingHours: someHours,
      input: fc.record(
        {
          InstanceId: fc.constantFrom("one", instance("one"), "two"),
          ChatDurationInMinutes: fc.constantFrom(60, 61, 600),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["input"] },
  );
  const isGood = ({ notBefore = "", expiresAt = "9" }: { notBefore?: string; expiresAt?: string }) =>
    notBefore < expiresAt;
  const counts = { rows: 0, good: 0, duplicates: 0 };
  const job = aRequestsJob({ operation: "StartOutboundChatContact" });
  const settings = planSettings({
    openContacts: { chat: 3, email: 1, task: 1 },
    rates: { StartOutboundChatContact: 0.01 },
    connectInstanceArns: [instance("one"), instance("two")],
  });

  test("change nothing in a plan but the numbers of rows and of duplicates, whatever they ask for", async () => {
    const verdicts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(request.filter(isGood), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
        async (all, repeated) => {
          const lines = all.map((each, index) =>
            JSON.stringify(aChatRequest({ ...each, requestId: `${index % 3 === 0 ? "other" : "spring"}/${index}` })),
          );
          const again = repeated.map((index) => lines[index % lines.length]);
          const once = await planned(`${lines.join("\n")}\n`, job, { settings });
          const twice = await planned(`${[...lines, ...again].join("\n")}\n`, job, { settings });
          expect({ ...twice, ...counts }).toEqual({ ...once, ...counts });
          expect(twice.duplicates).toMatchObject({ rows: again.length, differing: 0 });
          verdicts.add(once.verdict.kind);
        },
      ),
      { seed: 20_261_120, numRuns: 100 },
    );
    expect(verdicts.size).toBe(2);
  });

  test("take no place among the open contacts", async () => {
    const plan = await planned(`id,name\n${"1,x\n".repeat(2_501 * 2)}`);
    expect(plan.openContacts).toMatchObject([{ rows: 1, endsMs: ms(NOW) }]);
    expect(plan.cautions).toEqual([]);
  });

  test("do not expire twice", async () => {
    const plan = await planned(`id,name\n${"1,x\n".repeat(2_000)}`, completed({ expiresAt: "2026-11-20T12:00:01Z" }));
    expect(reasonsOf(plan)).toEqual([]);
  });
});

describe("a file that is written anew in its place", () => {
  /** Gives one content in the first look, and another one whenever it is opened after it. */
  const changing = (first: string, then: string): OpenFile => {
    // The beginning is read twice, before all rows are.
    let opened = 0;
    return () => {
      opened += 1;
      return aFile(opened <= 3 ? first : then)();
    };
  };

  test.each([
    ["with other keys", "id,name\n8,x\n9,x\n8,x\n"],
    ["with other times", "id,name\n1,x\n1,y\n1,x\n2,x\n"],
    ["with rows that are refused", "id,name\n1\n1\n"],
  ])("%s while keys are compared, is no bug of ours: whoever reads it says so", async (_how, then) => {
    const job = completed({ expiresAt: "2026-12-0{{id}}T00:00:00Z", notBefore: "2026-11-2{{id}}T00:00:00Z" });
    const file = { job, open: changing("id,name\n1,x\n2,x\n1,x\n", then) };
    const plan = await planBackfill(file, { nowMs: ms(NOW), settings: planSettings() });
    expect(plan).toMatchObject({ ok: true, value: { good: 3, contacts: 2 } });
  });
});

test("a file is told to be read again where keys seem to come twice, and not elsewhere", async () => {
  const told = async (content: string) => {
    const heard: unknown[] = [];
    const file = { job: aCsvJob(), open: aFile(content), onComparing: (pass: unknown) => heard.push(pass) };
    await planBackfill(file, { nowMs: ms(NOW), settings: planSettings() });
    return heard;
  };
  expect(await told("id,name\n1,x\n2,x\n")).toEqual([]);
  expect(await told("id,name\n1,x\n2,x\n1,x\n")).toEqual([{ pass: 1, passes: 1 }]);
});

describe("rows that the deployment's worker would refuse", () => {
  const SERVED = "arn:aws:connect:us-east-1:111122223333:instance/served";
  const ids = [undefined, "served", SERVED, "another", SERVED.replace("served", "another")];
  const file = requests(5, (index) =>
    aTaskRequest({
      requestId: `spring/${index}`,
      input: { ...(ids[index] !== undefined && { InstanceId: ids[index] }) },
    }),
  );

  test("are refused where they name an instance that is not served, and that one instance has one cap", async () => {
    const plan = await planned(file, aRequestsJob(), { settings: planSettings({ connectInstanceArns: [SERVED] }) });
    expect(plan).toMatchObject({ rows: 5, good: 3, refused: 2, undeliverable: 2, contacts: 3 });
    expect(plan.rules).toMatchObject([{ path: "input.InstanceId", code: "not-allowed", rows: 2, lines: [4, 5] }]);
    expect(plan.openContacts).toMatchObject([{ kind: "task", rows: 3 }]);
  });

  test("are good where nobody knows which are served", async () => {
    expect(await planned(file, aRequestsJob())).toMatchObject({ good: 5, refused: 0, undeliverable: 0 });
  });

  const email = (index: number) =>
    anEmailContactRequest({
      requestId: `spring/${index}`,
      input: {
        Attachments: [
          { FileName: "a.pdf", S3Url: "https://example.com/a.pdf" },
          { FileName: "b.pdf", S3Url: `s3://${index === 0 ? "letters" : "secrets"}/b.pdf` },
        ],
      },
    });

  test.each([
    ["are refused where an attachment is in a bucket that is not allowed", ["letters"], 1],
    ["are refused where no bucket is", [], 2],
    ["are good where nobody knows which buckets are", undefined, 0],
  ])("%s", async (_what, attachmentBuckets, refused) => {
    const settings = planSettings({ ...(attachmentBuckets !== undefined && { attachmentBuckets }) });
    const plan = await planned(requests(2, email), aRequestsJob({ operation: "StartEmailContact" }), { settings });
    expect(plan).toMatchObject({ refused, undeliverable: refused });
    if (refused === 1) expect(plan.rules).toMatchObject([{ path: "input.Attachments[1].S3Url", lines: [2] }]);
  });

  test("are no duplicates of each other", async () => {
    const twice = `${file}${file}`;
    const plan = await planned(twice, aRequestsJob(), { settings: planSettings({ connectInstanceArns: [SERVED] }) });
    expect(plan).toMatchObject({ contacts: 3, undeliverable: 4, duplicates: { rows: 3 } });
  });
});

describe("there is no plan", () => {
  const refusal = async (content: string, job: BackfillJob = aCsvJob()) => {
    const plan = await planBackfill({ job, open: aFile(content) }, { nowMs: 0, settings: planSettings() });
    if (plan.ok) throw new Error("There is one.");
    return "kind" in plan.error ? plan.error.kind : plan.error.map(({ code }) => code).join();
  };

  test.each([
    ["of an empty file", "", "empty"],
    ["of a header alone", "id,name\n", "no-rows"],
    ["of a file that ends within quotes", 'id,name\n1,Ada\n2,"Grace\n', "unclosed-quote"],
    ["where the template names other columns", "ident,nam\n1,Ada\n", "unknown-key-column,unknown-column"],
  ])("%s", async (_what, content, expected) => expect(await refusal(content)).toBe(expected));
});
