import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { SYSTEM_CLOCK } from "#functions/runtime/system-clock.ts";
import { DynamoDbBucketStore } from "#shared/aws/dynamodb-bucket-store.ts";
import type { PacedApi } from "#shared/contract/paced-api.ts";
import { type Bucket, UNTOUCHED_BUCKET } from "#shared/rate-limiter/bucket.ts";
import { intervalMs } from "#shared/rate-limiter/gcra.ts";
import { paceOfEach } from "#shared/rate-limiter/pace.ts";
import type { Advance } from "#shared/rate-limiter/plan-reservation.ts";
import type { BucketStore } from "#shared/worker/ports/bucket-store.ts";
import { MemoryBucketStore } from "#shared/worker/rate-limiter/memory-bucket-store.ts";
import { SharedRateLimiter } from "#shared/worker/rate-limiter/shared-rate-limiter.ts";
import { A_PAUSE, excess } from "#test/support/a-shared-quota.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";

const NOW = 1_795_176_000_000;
const API: PacedApi = "CreateContact";
const KEY = marshall({ key: `bucket#${API}` });

let table: RunningStateTable;

beforeAll(async () => {
  table = await aStateTable();
});

beforeEach(async () => {
  await table.dynamodb.send(new DeleteItemCommand({ TableName: table.tableName, Key: KEY }));
});

afterAll(async () => table.stop());

const BUCKET: Bucket = { theoreticalMs: NOW + 0.857, epoch: 4, pauses: {}, acceptedAtMs: {}, version: 1 };
const ADVANCE: Advance = { epoch: 4, fromMs: NOW, toMs: NOW + 10_000, byMs: 71.429 };

// The limiter is tested over the store in memory: both must do the same.
describe.each<{ name: string; open: () => BucketStore }>([
  { name: "in DynamoDB", open: () => new DynamoDbBucketStore(table) },
  { name: "in memory", open: () => new MemoryBucketStore() },
])("a bucket $name", ({ open }) => {
  const aStore = async (bucket = BUCKET): Promise<BucketStore> => {
    const store = open();
    expect(await store.replace(API, UNTOUCHED_BUCKET, bucket)).toBe(true);
    return store;
  };

  test("that nobody has written is untouched, is not advanced, and is written first by one only", async () => {
    const store = open();
    expect(await store.read(API)).toEqual(UNTOUCHED_BUCKET);
    expect(await store.advance(API, { ...ADVANCE, epoch: 0 })).toBeUndefined();
    expect(await store.replace(API, UNTOUCHED_BUCKET, BUCKET)).toBe(true);
    expect(await store.replace(API, UNTOUCHED_BUCKET, BUCKET)).toBe(false);
  });

  test("comes back as it was written, to the microsecond", async () => {
    const whole: Bucket = {
      ...BUCKET,
      slowed: { ratePerSecond: 1.4, atMs: NOW, recoveredAtMs: NOW + 5_000 },
      pauses: {
        "open contacts EMAIL": { sinceMs: NOW, untilMs: NOW + 60_000, count: 1 },
        everything: { sinceMs: NOW, untilMs: NOW + 120_000, count: 2, probeUntilMs: NOW + 130_000 },
      },
      acceptedAtMs: { "open contacts EMAIL": NOW - 5 },
    };
    const store = await aStore(whole);
    expect(await store.read(API)).toEqual(whole);
  });

  test.each([
    { name: "in the epoch and between the bounds", change: {}, advances: true },
    { name: "exactly at the lower bound", change: { fromMs: NOW + 0.857 }, advances: true },
    { name: "below the lower bound", change: { fromMs: NOW + 0.858 }, advances: false },
    { name: "exactly at the upper bound", change: { toMs: NOW + 0.857 }, advances: true },
    { name: "above the upper bound", change: { toMs: NOW + 0.856 }, advances: false },
    { name: "in an earlier epoch", change: { epoch: 5 }, advances: false },
    { name: "in a later epoch", change: { epoch: 3 }, advances: false },
  ])("is advanced where it should be: $name, $advances", async ({ change, advances }) => {
    const store = await aStore();
    const advanced = { ...BUCKET, theoreticalMs: NOW + 72.286 };
    expect(await store.advance(API, { ...ADVANCE, ...change })).toEqual(advances ? advanced : undefined);
    expect(await store.read(API)).toEqual(advances ? advanced : BUCKET);
  });

  test.each([
    { name: "as it was", from: {}, replaces: true },
    { name: "of another version", from: { version: 2 }, replaces: false },
    { name: "advanced meanwhile", from: { theoreticalMs: NOW + 0.858 }, replaces: false },
  ])("is replaced where it is still the same: $name, $replaces", async ({ from, replaces }) => {
    const store = await aStore();
    const next = { ...BUCKET, epoch: 5, version: 2 };
    expect(await store.replace(API, { ...BUCKET, ...from }, next)).toBe(replaces);
    expect(await store.read(API)).toEqual(replaces ? next : BUCKET);
  });

  test("is another one for each API", async () => {
    const store = await aStore();
    expect(await store.read("StartEmailContact")).toEqual(UNTOUCHED_BUCKET);
  });

  test("adds up as we do: it can be compared after a thousand advances by a fraction", async () => {
    const store = await aStore();
    const byMs = intervalMs({ ratePerSecond: 7 });
    let bucket: Bucket | undefined = BUCKET;
    for (let advances = 0; advances < 1_000; advances += 1) {
      bucket = await store.advance(API, { ...ADVANCE, byMs, toMs: NOW + 1e6 });
    }
    expect(bucket?.theoreticalMs).toBe(NOW + 0.857 + 142_858);
    if (bucket !== undefined) expect(await store.replace(API, bucket, { ...bucket, version: 2 })).toBe(true);
  });

  test("gives no slot twice to 200 reservations at once from four processes", async () => {
    const first = await aStore();
    const stores = [first, ...(first instanceof MemoryBucketStore ? [first] : [open(), open(), open()])];
    const counts = Array.from({ length: 200 }, (_, index) => (index % 7) + 1);
    const after = await Promise.all(
      counts.map(async (count, index) => {
        const bucket = await stores[index % stores.length]?.advance(API, {
          ...ADVANCE,
          byMs: count * 20,
          toMs: NOW + 1e6,
        });
        return { count, endMs: bucket?.theoreticalMs ?? Number.NaN };
      }),
    );
    const positions = after.flatMap(({ count, endMs }) =>
      Array.from({ length: count }, (_, index) => Math.round((endMs - index * 20 - NOW - 0.857) / 20)),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(positions.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: total }, (_, index) => index + 1),
    );
  });

  test("is advanced to the horizon and no further by 50 reservations at once", async () => {
    const store = await aStore();
    const advances = Array.from(
      { length: 50 },
      async () => await store.advance(API, { ...ADVANCE, byMs: 100, toMs: NOW + 950 }),
    );
    const made = (await Promise.all(advances)).filter((bucket) => bucket !== undefined);
    expect(made).toHaveLength(10);
  });

  test("is replaced by one of 20 that try at once", async () => {
    const store = await aStore();
    const tries = Array.from({ length: 20 }, async (_, index) => {
      return await store.replace(API, BUCKET, { ...BUCKET, epoch: 10 + index, version: 2 });
    });
    expect((await Promise.all(tries)).filter((replaced) => replaced)).toHaveLength(1);
  });
});

describe("the item of a bucket", () => {
  test("is readable for people, and one write unit however many pauses there are", async () => {
    const pause = { sinceMs: NOW, untilMs: NOW + 60_000, count: 12, probeUntilMs: NOW + 73_000 };
    const pauses = { everything: pause, "open contacts EMAIL": pause, "open contacts TASK": pause };
    const whole = {
      ...BUCKET,
      pauses,
      slowed: { ratePerSecond: 1.372, atMs: NOW, recoveredAtMs: NOW + 25_000 },
      acceptedAtMs: { "open contacts": NOW },
    };
    await new DynamoDbBucketStore(table).replace(API, UNTOUCHED_BUCKET, whole);
    const { Item } = await table.dynamodb.send(new GetItemCommand({ TableName: table.tableName, Key: KEY }));
    expect(Item).toMatchObject({ key: { S: "bucket#CreateContact" }, theoreticalMs: { N: String(NOW + 0.857) } });
    expect(JSON.stringify(Item).length).toBeLessThan(1_024);
  });

  test("that this version cannot read is an error that says what to do", async () => {
    const Item = marshall({ ...BUCKET, key: `bucket#${API}`, theoreticalMs: "soon" });
    await table.dynamodb.send(new PutItemCommand({ TableName: table.tableName, Item }));
    await expect(new DynamoDbBucketStore(table).read(API)).rejects.toThrow(
      "The rate bucket of CreateContact in the state table cannot be read by this version (theoreticalMs). Delete the item bucket#CreateContact: the bucket begins anew.",
    );
  });
});

describe("rate limiters of four processes over one table", () => {
  test("share the quota among 200 askers, each slot once", async () => {
    const pace = { ratePerSecond: 400, burst: 40 };
    const pacesOf = () => ({ pace, paceAlone: paceOfEach(pace, 4) });
    const options = { pacesOf, pause: A_PAUSE, holdMs: 0, clock: SYSTEM_CLOCK };
    const outages: unknown[] = [];
    const onOutage = (reason: unknown) => outages.push(reason);
    const limiters = Array.from({ length: 4 }, () => {
      return new SharedRateLimiter(new DynamoDbBucketStore(table), { ...options, random: Math.random, onOutage });
    });
    const latestMs = Date.now() + 20_000;
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        return await limiters[index % 4]?.takeSlot({ api: API, lane: index % 8 < 4 ? "live" : "backfill", latestMs });
      }),
    );
    await Promise.all(limiters.map(async (limiter) => await limiter.settled()));
    const moments = answers.flatMap((answer) => (answer?.kind === "granted" ? [answer.slot.atMs] : []));
    expect(outages).toEqual([]);
    expect(moments).toHaveLength(200);
    expect(excess(moments, pace)).toBeLessThanOrEqual(1e-3);
  });
});

describe("a store that cannot be reached", () => {
  test("rejects every question", async () => {
    const elsewhere = await aStateTable();
    await elsewhere.stop();
    const store = new DynamoDbBucketStore(elsewhere);
    await expect(store.read(API)).rejects.toThrow();
    await expect(store.advance(API, ADVANCE)).rejects.toThrow();
    await expect(store.replace(API, BUCKET, BUCKET)).rejects.toThrow();
  });
});
