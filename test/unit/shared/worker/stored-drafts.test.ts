import { expect, test } from "@jest/globals";
import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import { StoredDrafts } from "#shared/worker/stored-drafts.ts";
import { ManualClock } from "#test/support/manual-clock.ts";
import { MemoryLedgerStore } from "#test/support/memory-ledger-store.ts";

const KEY = { instanceId: "instance-1", operation: "OutboundEmail/CreateContact", requestId: "one/email" };
const MADE: LedgerItem = { state: "started", contactId: "draft-1", version: 1, contentHash: "a", attempts: 1 };
const OPEN: LedgerItem = { state: "open", version: 1, contentHash: "a", attempts: 1 };

async function someDrafts(item?: LedgerItem) {
  const store = new MemoryLedgerStore();
  if (item !== undefined) await store.write(KEY, item);
  return { store, drafts: new StoredDrafts(store, new ManualClock()) };
}

test("a draft that was made can be ended, once", async () => {
  const { store, drafts } = await someDrafts(MADE);
  expect(await drafts.contactOf(KEY)).toBe("draft-1");
  await drafts.markEnded(KEY);
  await drafts.markEnded(KEY);
  expect(await drafts.contactOf(KEY)).toBeUndefined();
  const endedAtMs = new ManualClock().now();
  expect(store.items()).toEqual([{ ...MADE, version: 2, endedAtMs }]);
});

test.each([
  ["that nobody has made", undefined],
  ["that is being made", OPEN],
])("a draft %s cannot be ended", async (_what, item) => {
  const { store, drafts } = await someDrafts(item);
  expect(await drafts.contactOf(KEY)).toBeUndefined();
  await drafts.markEnded(KEY);
  expect(store.items()).toEqual(item === undefined ? [] : [item]);
});

test("a draft that somebody else marks at the same time is marked all the same", async () => {
  const { store, drafts } = await someDrafts(MADE);
  await Promise.all([drafts.markEnded(KEY), drafts.markEnded(KEY)]);
  expect(await drafts.contactOf(KEY)).toBeUndefined();
  expect(store.items()).toMatchObject([{ version: 2 }]);
});
