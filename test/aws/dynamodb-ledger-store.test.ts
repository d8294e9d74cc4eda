import { DescribeTableCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DynamoDbLedgerStore } from "#shared/aws/dynamodb-ledger-store.ts";
import type { FailedItem, LedgerItem, OpenItem, StartedItem } from "#shared/ledger/ledger-item.ts";
import type { LedgerKey } from "#shared/worker/ports/ledger-store.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

let table: RunningStateTable;
let store: DynamoDbLedgerStore;
const clock = new ManualClock();

beforeAll(async () => {
  table = await aStateTable();
  store = new DynamoDbLedgerStore(table, clock);
  const { Table } = await table.dynamodb.send(new DescribeTableCommand({ TableName: table.tableName }));
  expect(Table?.TableStatus).toBe("ACTIVE");
});

afterAll(async () => table.stop());

let requests = 0;
/** The key of a request that no other test knows. */
const aKey = (overrides: Partial<LedgerKey> = {}): LedgerKey => {
  requests += 1;
  return { instanceId: "instance-1", operation: "CreateContact", requestId: `billing/${requests}#a`, ...overrides };
};

const OPEN: OpenItem = {
  state: "open",
  version: 1,
  contentHash: "c0ffee",
  attempts: 1,
  firstAttemptAtMs: 1_795_176_000_000,
  lastAttemptAtMs: 1_795_176_000_000,
  lease: { attemptId: "attempt-1", sinceMs: 1_795_176_000_000, untilMs: 1_795_176_060_000 },
};
const STARTED: StartedItem = {
  state: "started",
  version: 2,
  contentHash: "c0ffee",
  attempts: 1,
  finishedAttemptId: "attempt-1",
  contactId: "contact-1",
};
const FAILED: FailedItem = {
  state: "failed",
  version: 2,
  contentHash: "c0ffee",
  attempts: 3,
  doubtSinceMs: 1_795_176_000_000,
  capacityRefusals: { count: 2, lastAtMs: 1_795_176_000_000 },
  failure: {
    code: "OutcomeUnknown",
    kind: "outcome-unknown",
    message: "Nobody knows.",
    issues: [{ path: "input.Name", code: "too-long", message: "must be shorter" }],
  },
  messageId: "message-1",
  duplicateAccepted: true,
};

const stored = async (key: string) => {
  const { Item = {} } = await table.dynamodb.send(
    new GetItemCommand({ TableName: table.tableName, Key: marshall({ key }) }),
  );
  return unmarshall(Item);
};

describe("an item", () => {
  test("that nobody wrote is not there", async () => {
    expect(await store.read(aKey())).toBeUndefined();
  });

  test.each<[string, LedgerItem]>([
    ["open, under a lease", OPEN],
    ["open, with nothing but what must be there", { state: "open", version: 1, contentHash: "", attempts: 0 }],
    ["started", { ...STARTED, version: 1 }],
    ["failed, with all that can be known", { ...FAILED, version: 1 }],
    ["a draft that was ended", { ...STARTED, version: 1, endedAtMs: 1_795_176_000_000 }],
    ["sent on a draft", { ...STARTED, version: 1, draft: 2, draftContactId: "draft-2", earlierDoubt: true }],
  ])("is read as it was written: %s", async (_what, item) => {
    const key = aKey();
    expect(await store.write(key, item)).toBe(true);
    expect(await store.read(key)).toEqual(item);
  });

  test("is one for each request, instance and operation", async () => {
    const requestId = `same/${requests}`;
    const keys = [
      aKey({ requestId }),
      aKey({ requestId, instanceId: "instance-2" }),
      aKey({ requestId, operation: "StartEmailContact" }),
      aKey({ requestId, operation: "OutboundEmail/CreateContact" }),
    ];
    for (const [index, key] of keys.entries()) await store.write(key, { ...OPEN, contentHash: `hash ${index}` });
    const hashes = await Promise.all(keys.map(async (key) => (await store.read(key))?.contentHash));
    expect(hashes).toEqual(["hash 0", "hash 1", "hash 2", "hash 3"]);
  });

  test("is let go of by DynamoDB 90 days after its last write", async () => {
    const key = aKey({ requestId: "kept" });
    await store.write(key, OPEN);
    clock.advance(24 * 3_600_000);
    await store.write(key, STARTED);
    const { keptUntil } = await stored("request#CreateContact#instance-1#kept");
    expect(keptUntil).toBe(Math.floor(clock.now() / 1000) + 90 * 24 * 3_600);
  });
});

describe("a write", () => {
  test.each<[string, LedgerItem | undefined, LedgerItem, boolean]>([
    ["a first version where there is nothing", undefined, OPEN, true],
    ["a first version over another", OPEN, { ...OPEN, contentHash: "other" }, false],
    ["a second version over the first", OPEN, STARTED, true],
    ["a second version where there is nothing", undefined, STARTED, false],
    ["a third version over the first", OPEN, { ...STARTED, version: 3 }, false],
    ["a second version over the second", { ...OPEN, version: 2 }, STARTED, false],
  ])("%s", async (_what, before, item, isWritten) => {
    const key = aKey();
    if (before !== undefined) await bring(key, before);
    expect(await store.write(key, item)).toBe(isWritten);
    expect(await store.read(key)).toEqual(isWritten ? item : before);
  });

  async function bring(key: LedgerKey, item: LedgerItem): Promise<void> {
    for (let version = 1; version <= item.version; version += 1) await store.write(key, { ...item, version });
  }

  test("is made by exactly one of many who have seen the same version", async () => {
    const key = aKey();
    await store.write(key, OPEN);
    const rivals = Array.from({ length: 20 }, (_, index) => ({ ...STARTED, contactId: `contact-${index}` }));
    const written = await Promise.all(rivals.map(async (item) => store.write(key, item)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await store.read(key)).toEqual(rivals[written.indexOf(true)]);
  });

  test("leaves nothing of the version before it", async () => {
    const key = aKey();
    await store.write(key, OPEN);
    await store.write(key, STARTED);
    expect(await store.read(key)).toEqual(STARTED);
  });
});

describe("an item that cannot be read is an error that names the operation and the attribute, and no value", () => {
  test.each<[string, object, RegExp]>([
    ["an unknown state", { ...OPEN, state: "asleep" }, /CreateContact request .*\(state\)/],
    ["a missing attribute", { ...STARTED, contactId: undefined }, /\(contactId\)/],
    ["an attribute of a newer version", { ...STARTED, secret: "secret" }, /cannot read \(the item\)/],
    ["a wrong type", { ...OPEN, lease: { attemptId: "a", sinceMs: "secret", untilMs: 1 } }, /\(lease\.sinceMs\)/],
  ])("%s", async (_what, item, message) => {
    const key = aKey({ requestId: `unreadable/${requests}` });
    const Item = marshall(
      { ...item, key: `request#CreateContact#instance-1#${key.requestId}`, keptUntil: 1 },
      { removeUndefinedValues: true },
    );
    await table.dynamodb.send(new PutItemCommand({ TableName: table.tableName, Item }));
    const error = await store.read(key).catch((reason: unknown) => String(reason));
    expect(error).toMatch(message);
    expect(error).not.toMatch(/unreadable|secret/);
  });
});

describe("while the table cannot be reached", () => {
  test.each(["unavailable", "unreachable"] as const)("nothing is read or written: %s", async (outage) => {
    const key = aKey();
    table.outages.begin("dynamodb", outage);
    await expect(store.write(key, OPEN)).rejects.toThrow();
    await expect(store.read(key)).rejects.toThrow();
    table.outages.end("dynamodb");
    expect(await store.read(key)).toBeUndefined();
  });

  test("a write whose answer is lost rejects, and may have been made", async () => {
    const key = aKey();
    table.outages.begin("dynamodb", "answers-lost");
    await expect(store.write(key, OPEN)).rejects.toThrow();
    table.outages.end("dynamodb");
    expect(await store.read(key)).toEqual(OPEN);
  });
});
