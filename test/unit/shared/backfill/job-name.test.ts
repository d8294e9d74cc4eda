import { expect, test } from "@jest/globals";
import { isJobName, requestIdOf } from "#shared/backfill/job-name.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";

test.each([
  ["spring", true],
  ["2026-11.reminders_A", true],
  ["a", true],
  ["a".repeat(63), true],
  ["a".repeat(64), false],
  ["", false],
  [".a", false],
  ["-a", false],
  ["_a", false],
  ["a/b", false],
  ["a b", false],
  ["a#b", false],
  ["ü", false],
  ["a\n", false],
])("%j can be the name of a job: %j", (name, can) => expect(isJobName(name)).toBe(can));

test("the longest name leaves room for a key, and fits as a source", () => {
  const job = "a".repeat(63);
  const request = aTaskRequest({ requestId: requestIdOf(job, "k".repeat(64)), source: job });
  expect(parseContactRequest(request)).toMatchObject({ ok: true, value: { requestId: `${job}/${"k".repeat(64)}` } });
});
