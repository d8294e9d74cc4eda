import { describe, expect, test } from "@jest/globals";
import { ReceiveCountLedger } from "#shared/ledger/receive-count-ledger.ts";
import { aDelivery } from "#test/support/a-delivery.ts";

const FIRST = Date.parse("2026-11-20T12:00:00Z");

describe("the ledger without a table", () => {
  test("knows nothing of a message that comes for the first time", async () => {
    const ledger = new ReceiveCountLedger();
    expect(await ledger.lookUp({ delivery: aDelivery() })).toEqual({
      kind: "open",
      history: { attempts: 0, inDoubt: false },
    });
  });

  test("counts receives as attempts, and doubts what became of the ones before", async () => {
    const ledger = new ReceiveCountLedger();
    expect(await ledger.begin({ delivery: aDelivery({ receiveCount: 4 }) })).toEqual({
      kind: "begun",
      attempt: { attempts: 4, firstAttemptAtMs: FIRST, inDoubt: true },
    });
  });

  test("remembers the doubt of a call in the same delivery, until the request has ended", async () => {
    const ledger = new ReceiveCountLedger();
    const entry = { delivery: aDelivery() };
    await ledger.finish(entry, { kind: "unfinished", counts: true, leavesDoubt: true });
    expect(await ledger.begin(entry)).toMatchObject({ attempt: { inDoubt: true } });
    await ledger.finish(entry, { kind: "started", contactId: "contact-1" });
    expect(await ledger.begin(entry)).toMatchObject({ attempt: { inDoubt: false } });
  });

  test("remembers how often the quota refused a request", async () => {
    const ledger = new ReceiveCountLedger();
    const capacityRefusals = { count: 2, lastAtMs: FIRST };
    await ledger.finish(
      { delivery: aDelivery() },
      { kind: "unfinished", counts: false, leavesDoubt: false, capacityRefusals },
    );
    expect(await ledger.begin({ delivery: aDelivery() })).toMatchObject({ attempt: { capacityRefusals } });
  });

  test("forgets the oldest when it remembers a thousand", async () => {
    const ledger = new ReceiveCountLedger();
    const doubtful = { kind: "unfinished", counts: true, leavesDoubt: true } as const;
    for (let message = 0; message <= 1_000; message += 1) {
      await ledger.finish({ delivery: aDelivery({ messageId: `message-${message}` }) }, doubtful);
    }
    expect(await ledger.begin({ delivery: aDelivery({ messageId: "message-0" }) })).toMatchObject({
      attempt: { inDoubt: false },
    });
    expect(await ledger.begin({ delivery: aDelivery({ messageId: "message-1" }) })).toMatchObject({
      attempt: { inDoubt: true },
    });
  });
});
