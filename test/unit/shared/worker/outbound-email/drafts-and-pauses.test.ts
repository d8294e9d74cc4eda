import { expect, test } from "@jest/globals";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { Connect } from "#shared/worker/ports/connect.ts";
import { anOutboundEmailRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { aSharedQuota, type Process } from "#test/support/a-shared-quota.ts";
import { aWorker, ENDED, refusal } from "#test/support/a-worker.ts";

const MINUTE = 60_000;
const BATCH_SIZE = 10;

/** Processes with a backlog of outbound e-mails, on an instance that takes drafts and refuses to send on them. */
function aFullInstance(processes: number) {
  const shared = aSharedQuota({ quota: { ratePerSecond: 20, burst: 20 }, processes });
  const { clock, random } = shared;
  const draftedAtMs: number[] = [];
  const connect: Connect = {
    call: async ({ api }) => {
      await clock.sleep(50);
      if (api !== "CreateContact") return refusal("ServiceQuotaExceededException", 402);
      return { kind: "started", contactId: `draft-${draftedAtMs.push(clock.now())}` };
    },
    stop: async () => ENDED,
  };
  const waiting: { readonly name: string; readonly dueMs: number }[] = [];
  let names = 0;
  /** What is due, and what never came before. */
  const nextBatch = (): readonly string[] => {
    const due = waiting.filter(({ dueMs }) => dueMs <= clock.now()).slice(0, BATCH_SIZE);
    for (const each of due) waiting.splice(waiting.indexOf(each), 1);
    return Array.from({ length: BATCH_SIZE }, (_, index) => {
      names += 1;
      return due[index]?.name ?? `email/${names}`;
    });
  };
  const work = async ({ limiter }: Process, untilMs: number) => {
    const { worker } = aWorker({ operation: "OutboundEmail", clock, random, connect, rateLimiter: limiter });
    while (clock.now() < untilMs) {
      const deliver = async (name: string) => {
        const request = anOutboundEmailRequest({ requestId: name });
        const delivery = aDelivery({ request, messageId: name, sentAtMs: clock.now() });
        const disposition = await handleDelivery(delivery, clock.now() + 2 * MINUTE, worker);
        if (disposition.kind === "return") waiting.push({ name, dueMs: clock.now() + disposition.delayMs });
      };
      await Promise.all(nextBatch().map(deliver));
      await limiter.settled();
    }
  };
  return { ...shared, draftedAtMs, work };
}

test("at the end of a pause each process makes one draft, not one for each message that waits", async () => {
  const { clock, processes, draftedAtMs, work } = aFullInstance(4);
  const fromMs = clock.now();
  const done = Promise.all(processes.map(async (process) => await work(process, fromMs + 14 * MINUTE)));
  await clock.run(done.then(() => undefined));

  const later = draftedAtMs.map((atMs) => (atMs - fromMs) / MINUTE).filter((minute) => minute > 0.5);
  const ends = Object.groupBy(later, (minute) => (minute < 2 ? "first" : minute < 5 ? "second" : "third"));
  expect(Object.keys(ends)).toEqual(["first", "second", "third"]);
  for (const drafts of Object.values(ends)) expect(drafts?.length).toBeLessThanOrEqual(processes.length);
});
