import { describe, expect, test } from "@jest/globals";
import { contactStep } from "#shared/worker/contact-step.ts";
import type { LedgerStore } from "#shared/worker/ports/ledger-store.ts";
import { StoredLedger } from "#shared/worker/stored-ledger.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { ManualClock } from "#test/support/manual-clock.ts";
import { MemoryLedgerStore } from "#test/support/memory-ledger-store.ts";

const anEntry = () => {
  const request = aTaskRequest();
  const accepted = { request, instance: AN_INSTANCE, contentHash: "content-a" };
  return { accepted, step: contactStep(request, accepted), delivery: aDelivery() };
};

/** A ledger over a store that can be made to lose the answer to its next write. */
function aLedger() {
  const store = new MemoryLedgerStore();
  const counts = { reads: 0, writes: 0 };
  const trouble = { loseNextAnswer: false };
  const counted: LedgerStore = {
    read: async (key) => {
      counts.reads += 1;
      return await store.read(key);
    },
    write: async (key, item) => {
      counts.writes += 1;
      const written = await store.write(key, item);
      if (!trouble.loseNextAnswer) return written;
      trouble.loseNextAnswer = false;
      // What an SDK that retries reports: the second write finds the first one there.
      return await store.write(key, item);
    },
  };
  const clock = new ManualClock();
  let attempts = 0;
  const newAttemptId = () => {
    attempts += 1;
    return `attempt-${attempts}`;
  };
  const ledger = new StoredLedger(counted, { clock, tokenWindowMs: () => 3_600_000, newAttemptId });
  return { ledger, store, counts, trouble, leaseUntilMs: clock.now() + 35_000 };
}

describe("the ledger over a store", () => {
  test("takes one read and two writes for a contact", async () => {
    const { ledger, counts, leaseUntilMs } = aLedger();
    const entry = anEntry();
    expect(await ledger.lookUp(entry)).toMatchObject({ kind: "open" });
    const begun = await ledger.begin(entry, leaseUntilMs);
    if (begun.kind !== "begun") throw new Error("The attempt was not begun.");
    expect(await ledger.finish(entry, { kind: "started", contactId: "contact-1" }, begun.attempt)).toMatchObject({
      kind: "recorded",
      history: { attempts: 1, inDoubt: false },
    });
    expect(counts).toEqual({ reads: 1, writes: 2 });
  });

  test("lets only one of two deliveries begin", async () => {
    const { ledger, leaseUntilMs } = aLedger();
    const [one, other] = [anEntry(), anEntry()];
    await Promise.all([ledger.lookUp(one), ledger.lookUp(other)]);
    const answers = await Promise.all([ledger.begin(one, leaseUntilMs), ledger.begin(other, leaseUntilMs)]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(["begun", "not-begun"]);
  });

  test("knows its own begin again when the answer to the write was lost", async () => {
    const { ledger, trouble, leaseUntilMs } = aLedger();
    const entry = anEntry();
    trouble.loseNextAnswer = true;
    expect(await ledger.begin(entry, leaseUntilMs)).toMatchObject({ kind: "begun", attempt: { attempts: 1 } });
  });

  test("knows its own finish again when the answer to the write was lost", async () => {
    const { ledger, store, trouble, leaseUntilMs } = aLedger();
    const entry = anEntry();
    const begun = await ledger.begin(entry, leaseUntilMs);
    if (begun.kind !== "begun") throw new Error("The attempt was not begun.");
    trouble.loseNextAnswer = true;
    const failure = { code: "InvalidRequestException", kind: "rejected", message: "No." } as const;
    const outcome = { kind: "failed", failure, leavesDoubt: false } as const;
    expect(await ledger.finish(entry, outcome, begun.attempt)).toMatchObject({ kind: "recorded" });
    expect(store.items()).toMatchObject([{ state: "failed", version: 2 }]);
  });
});
