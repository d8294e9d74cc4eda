import type { Lane } from "#shared/contract/queue-name.ts";
import type { SlotReport, SlotRequest } from "#shared/rate-limiter/slot.ts";
import type { aSharedQuota, Process } from "./a-shared-quota.ts";

type SharedQuota = ReturnType<typeof aSharedQuota>;

interface Load {
  /** The lane of each process. */
  readonly lanes: readonly Lane[];
  readonly seconds: number;
  readonly batchSize?: number;
  readonly request?: Partial<SlotRequest>;
  /** What Connect answers to a call that leaves now. */
  readonly connect: (nowMs: number) => SlotReport;
}

/** One call, as its asker saw it. */
export interface Call {
  readonly lane: Lane;
  readonly waitedMs: number;
  readonly leftAtMs: number;
  readonly report: SlotReport;
}

export interface Outcome {
  readonly calls: readonly Call[];
  readonly paused: number;
  readonly noneInTime: number;
}

/** A call takes so long, there and back. */
const CALL_MS = 50;

/** Keeps every process busy with batches, one after the other, as an event source mapping with a backlog does. */
export function saturate(shared: SharedQuota, load: Load): { outcome: Outcome; done: Promise<void> } {
  const { clock, processes } = shared;
  const outcome = { calls: [] as Call[], paused: 0, noneInTime: 0 };
  const endMs = clock.now() + load.seconds * 1_000;
  const record = async (process: Process, lane: Lane) => {
    // The look-up in the ledger.
    await clock.sleep(shared.random() * 10);
    const askedAtMs = clock.now();
    const answer = await process.ask({ lane, latestMs: askedAtMs + 30_000, ...load.request });
    if (answer.kind === "paused") outcome.paused += 1;
    if (answer.kind === "none-in-time") outcome.noneInTime += 1;
    if (answer.kind !== "granted") return;
    const leftAtMs = clock.now();
    const report = load.connect(leftAtMs);
    await clock.sleep(CALL_MS);
    outcome.calls.push({ lane, waitedMs: leftAtMs - askedAtMs, leftAtMs, report });
    process.report(answer.slot, report);
  };
  const worker = async (lane: Lane, index: number) => {
    const process = processes[index];
    if (process === undefined) throw new Error(`There is no process for lane ${lane}.`);
    while (clock.now() < endMs) {
      await Promise.all(Array.from({ length: load.batchSize ?? 10 }, () => record(process, lane)));
      await process.limiter.settled();
      await clock.sleep(20);
    }
  };
  return { outcome, done: Promise.all(load.lanes.map(worker)).then(() => undefined) };
}
