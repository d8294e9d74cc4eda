import { describe, expect, test } from "@jest/globals";
import type { TemplateJob } from "#shared/backfill/backfill-job.ts";
import { judgeCandidate } from "#shared/backfill/judge-candidate.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aFile } from "./a-file.ts";
import { aCsvJob, aRequestsJob, aTaskTemplate } from "./a-job.ts";
import { candidatesIn } from "./candidates-in.ts";

const lines = (...rows: readonly unknown[]) => aFile(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

const codesIn = (rows: Awaited<ReturnType<typeof candidatesIn>>) =>
  rows.map((row) => (row.kind === "refused" ? row.reasons.map(({ code }) => code).join() : row.key));

describe("rows of a CSV", () => {
  test("become requests by the header's names, whatever parts the cells", async () => {
    const open = aFile('name;id\r\n"Ada; Countess";1\r\n');
    const rows = await candidatesIn(open, aCsvJob({ format: { kind: "csv", delimiter: ";" } }));
    const request = { requestId: "spring/1", source: "spring", ...aTaskTemplate({ Name: "Ada; Countess" }) };
    expect(rows).toEqual([{ kind: "candidate", line: 2, key: "1", request }]);
  });

  test("keep the spaces in cells, and a byte order mark is no part of the first name", async () => {
    const rows = await candidatesIn(aFile("\uFEFFid, name \n1, Ada \n"), aCsvJob());
    expect(rows).toMatchObject([{ key: "1", request: { input: { Name: " Ada " } } }]);
  });
});

describe("rows of JSON", () => {
  const job = (overrides: Partial<TemplateJob> = {}) => aCsvJob({ format: { kind: "rows" }, ...overrides });

  test("become requests by their members' names", async () => {
    const rows = await candidatesIn(lines({ id: 1, name: "Ada", more: [1] }, { name: true, id: "2" }), job());
    expect(rows).toMatchObject([
      { key: "1", request: { requestId: "spring/1", input: { Name: "Ada" } } },
      { key: "2", request: { requestId: "spring/2", input: { Name: "true" } } },
    ]);
  });

  test("have an empty cell for null", async () => {
    expect(await candidatesIn(lines({ id: 1, name: null }), job())).toMatchObject([
      { request: { input: { Name: "" } } },
    ]);
  });

  test.each<[string, unknown, string]>([
    ["a member is missing", { id: 2 }, "no-value"],
    ["a member is inherited only", { id: 2, Name: "x" }, "no-value"],
    ["a member is a list", { id: 2, name: [] }, "not-a-cell"],
    ["a member is an object", { id: 2, name: {} }, "not-a-cell"],
    ["a whole number has lost digits", { id: 2 ** 53, name: "x" }, "imprecise-number"],
    ["it is a list", [1, 2], "not-an-object"],
    ["it is null", null, "not-an-object"],
  ])("are refused where %s", async (_what, row, code) => {
    const rows = await candidatesIn(lines({ id: 1, name: "Ada" }, row, { id: 3, name: "Joan" }), job());
    expect(codesIn(rows)).toEqual(["1", code, "3"]);
  });

  test.each([
    ["are no JSON", '{"id":2,', "not-json"],
    ["are beyond what JSON numbers can be", '{"id":1e400,"name":"x"}', "imprecise-number"],
    ["hold too many values", `{"id":2,"name":"x","more":[${"[],".repeat(60_000)}1]}`, "too-large"],
    ["are nested without end", `{"id":2,"name":"x","more":${"[".repeat(100_000)}`, "too-large"],
  ])("are refused where they %s", async (_what, row, code) => {
    const rows = await candidatesIn(aFile(`{"id":1,"name":"Ada"}\n${row}\n{"id":3,"name":"Joan"}\n`), job());
    expect(codesIn(rows)).toEqual(["1", code, "3"]);
  });

  test("a member named like one of every object is none", async () => {
    const template = aTaskTemplate({ Name: "{{constructor}}" });
    const open = lines({ id: 1, constructor: "x" }, { id: 2 });
    expect(codesIn(await candidatesIn(open, job({ template })))).toEqual(["1", "no-value"]);
  });
});

describe("contact requests", () => {
  test("stay as they are, but for the source that they do not name", async () => {
    const named = aTaskRequest({ requestId: "billing/1", source: "billing" });
    const other = aTaskRequest({ requestId: "2" });
    const rows = await candidatesIn(lines(named, other), aRequestsJob());
    expect(rows).toEqual([
      { kind: "candidate", line: 1, key: "billing/1", request: named },
      { kind: "candidate", line: 2, key: "2", request: { ...other, source: "spring" } },
    ]);
  });

  test("have the job's sending hours where they have none", async () => {
    const sendingHours = { from: "09:00", to: "20:00", timeZone: "UTC" };
    const own = { from: "10:00", to: "12:00", timeZone: "UTC" };
    const rows = await candidatesIn(
      lines(aTaskRequest({ sendingHours: own }), aTaskRequest()),
      aRequestsJob({ sendingHours }),
    );
    expect(rows).toMatchObject([{ request: { sendingHours: own } }, { request: { sendingHours } }]);
  });

  test("of another operation, and what is no object, are refused", async () => {
    const other = { ...aTaskRequest(), operation: "OutboundEmail" };
    const rows = await candidatesIn(lines(aTaskRequest({ requestId: "1" }), other, [], 1), aRequestsJob());
    expect(codesIn(rows)).toEqual(["1", "other-operation", "not-an-object", "not-an-object"]);
  });
});

test("a key that is not legal in a requestId refuses its row, by the contract and without a value", async () => {
  const open = aFile(`id,name\ngood,x\nwith space,x\n${"long".repeat(40)},x\n,x\nümlaut,x\n`);
  const judged = (await candidatesIn(open, aCsvJob())).map(judgeCandidate);
  expect(judged.map(({ kind }) => kind)).toEqual(["good", "refused", "refused", "refused", "refused"]);
  expect(judged[1]).toMatchObject({ key: "with space", reasons: [{ path: "requestId", code: "pattern" }] });
  expect(judged[3]).toMatchObject({ key: "", reasons: [{ path: "", code: "no-key" }] });
});
