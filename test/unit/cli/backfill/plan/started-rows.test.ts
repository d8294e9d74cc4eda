import { expect, test } from "@jest/globals";
import { type LedgerReader, StartedRows } from "#cli/backfill/plan/started-rows.ts";
import type { GoodRow } from "#shared/backfill/judge-candidate.ts";
import { requestKey } from "#shared/contract/state-key.ts";
import { anOutboundEmailRequest, aTaskRequest } from "#test/support/a-contact-request.ts";

const INSTANCE = "6f1f1b1e-0000-4000-8000-000000000000";
const ARNS = [`arn:aws:connect:us-east-1:000000000000:instance/${INSTANCE}`];

const rowOf = (request: GoodRow["request"]): GoodRow => ({ kind: "good", line: 1, key: request.requestId, request });
const taskRow = (index: number): GoodRow => rowOf(aTaskRequest({ requestId: `spring/${index}` }));

/** A ledger in which the requests with an even number are started, and the others open. */
function aLedger() {
  const batches: number[] = [];
  const ledger: LedgerReader = {
    read: async (keys) => {
      batches.push(keys.length);
      return new Map(
        keys.map((key) => {
          const state = Number(key.requestId.split("/")[1]) % 2 === 0 ? "started" : "open";
          return [requestKey(key), { item: { state } }];
        }),
      );
    },
  };
  return { ledger, batches };
}

test("counts the rows whose contact is made, in batches of a hundred", async () => {
  const { ledger, batches } = aLedger();
  const rows = new StartedRows(ledger, ARNS);
  for (let index = 0; index < 1_250; index += 1) await rows.add(taskRow(index));

  expect(await rows.total()).toBe(625);
  expect(batches.reduce((sum, size) => sum + size, 0)).toBe(1_250);
  expect(Math.max(...batches)).toBe(100);
});

test("asks once for a key that comes twice, and counts both rows", async () => {
  const { ledger, batches } = aLedger();
  const rows = new StartedRows(ledger, ARNS);
  await rows.add(taskRow(2));
  await rows.add(taskRow(2));

  expect(await rows.total()).toBe(2);
  expect(batches).toEqual([1]);
});

test("looks for an outbound e-mail where its sending is written down, and for no instance that is not served", async () => {
  const asked: unknown[] = [];
  const ledger: LedgerReader = {
    read: async (keys) => {
      asked.push(...keys);
      return new Map();
    },
  };
  const rows = new StartedRows(ledger, ARNS);
  await rows.add(rowOf(anOutboundEmailRequest({ requestId: "spring/1" })));
  await rows.add(
    rowOf(aTaskRequest({ requestId: "spring/2", input: { InstanceId: "00000000-1111-4000-8000-000000000000" } })),
  );
  await rows.total();

  expect(asked).toEqual([
    { operation: "OutboundEmail/StartOutboundEmailContact", instanceId: INSTANCE, requestId: "spring/1" },
  ]);
});

test("rejects where the ledger cannot be read", async () => {
  const rows = new StartedRows({ read: () => Promise.reject(new Error("no table")) }, ARNS);
  for (let index = 0; index < 150; index += 1) await rows.add(taskRow(index));

  await expect(rows.total()).rejects.toThrow("no table");
});
