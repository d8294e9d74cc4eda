import { randomUUID } from "node:crypto";
import type { ConnectInstance } from "#shared/connect-instance.ts";
import { knownNames } from "#shared/contract/known-names.ts";
import type { FailureReport } from "#shared/failures/failure-report.ts";
import type { Outcome } from "#shared/outcomes/outcome.ts";
import type { SlotAnswer, SlotReport, SlotRequest } from "#shared/rate-limiter/slot.ts";
import { succeeded } from "#shared/result.ts";
import { parseSettings, workerSettings } from "#shared/settings.ts";
import type { ConnectCall } from "#shared/worker/connect-call.ts";
import type { Delivery } from "#shared/worker/delivery.ts";
import type { CallAnswer, ContactPlace, StopAnswer } from "#shared/worker/ports/connect.ts";
import type { JournalEntry } from "#shared/worker/ports/journal.ts";
import { StoredDrafts } from "#shared/worker/stored-drafts.ts";
import { StoredLedger } from "#shared/worker/stored-ledger.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { ManualClock } from "./manual-clock.ts";
import { MemoryLedgerStore } from "./memory-ledger-store.ts";

const HOUR_MS = 3_600_000;

export const AN_INSTANCE: ConnectInstance = {
  id: "00000000-0000-4000-8000-000000000000",
  arn: "arn:aws:connect:us-east-1:000000000000:instance/00000000-0000-4000-8000-000000000000",
  region: "us-east-1",
  account: "000000000000",
};

export const STARTED: CallAnswer = { kind: "started", contactId: "contact-1" };

export const ENDED: StopAnswer = { kind: "ended" };

/** An answer of Connect that is no contact. */
export const refusal = (name: string, status?: number, more: object = {}): CallAnswer & { kind: "failed" } => ({
  kind: "failed",
  failure: { name, ...(status !== undefined && { status }), ...more },
});

interface Scenario extends Partial<Worker> {
  /** What Connect answers, call by call; after the last one it goes on answering that. */
  readonly answers?: readonly CallAnswer[];
  /** What Connect answers to StopContact, likewise. By default the contact is ended. */
  readonly stopAnswers?: readonly StopAnswer[];
  /** What the rate limiter answers, likewise. By default a slot is free at once. */
  readonly slots?: readonly SlotAnswer["kind"][];
}

export interface WorkerOnTheBench {
  readonly worker: Worker;
  readonly clock: ManualClock;
  readonly calls: ConnectCall[];
  readonly stops: ContactPlace[];
  readonly outcomes: Outcome[];
  readonly reports: SlotReport[];
  readonly slotRequests: SlotRequest[];
  readonly letters: { readonly delivery: Delivery; readonly report: FailureReport }[];
  readonly notes: JournalEntry[];
}

const DEFAULTS = parseSettings({ connectInstanceArns: [AN_INSTANCE.arn] });

/** A worker for CreateContact with everything around it in memory, and what happened there to look at. */
export function aWorker({
  answers = [STARTED],
  stopAnswers = [ENDED],
  slots = ["granted"],
  ...overrides
}: Scenario = {}): WorkerOnTheBench {
  if (!DEFAULTS.ok) throw new Error(DEFAULTS.error.join("\n"));
  const clock = new ManualClock();
  const bench: Omit<WorkerOnTheBench, "worker"> = {
    clock,
    calls: [],
    stops: [],
    outcomes: [],
    reports: [],
    slotRequests: [],
    letters: [],
    notes: [],
  };
  const store = new MemoryLedgerStore();
  const operation = overrides.operation ?? "CreateContact";
  const worker: Worker = {
    operation,
    instances: [AN_INSTANCE],
    settings: workerSettings(DEFAULTS.value, operation),
    vocabulary: knownNames(),
    ledger: new StoredLedger(store, { clock, tokenWindowMs: () => 12 * HOUR_MS, newAttemptId: randomUUID }),
    drafts: new StoredDrafts(store, clock),
    jobs: { isCancelled: async () => false },
    rateLimiter: {
      takeSlot: async (request) => {
        const kind = slots[Math.min(bench.slotRequests.push(request), slots.length) - 1];
        if (kind === "none-in-time") return { kind };
        if (kind === "paused") return { kind, untilMs: clock.now() + 60_000 };
        return { kind: "granted", slot: { request, atMs: clock.now(), isProbe: false } };
      },
      pausedUntil: async () => undefined,
      report: (_slot, report) => {
        bench.reports.push(report);
      },
    },
    connect: {
      call: async (call) => answers[Math.min(bench.calls.push(call), answers.length) - 1] ?? STARTED,
      stop: async (contact) => stopAnswers[Math.min(bench.stops.push(contact), stopAnswers.length) - 1] ?? ENDED,
    },
    deadLetters: {
      send: async (delivery, report) => {
        bench.letters.push({ delivery, report });
      },
    },
    outcomes: {
      tell: async (outcome) => {
        bench.outcomes.push(outcome);
      },
    },
    attachments: {
      sign: async (url) => succeeded(`https://signed.example.com/${url.slice("s3://".length)}`),
    },
    payloads: {
      read: async () => {
        throw new Error("This worker has no payloads.");
      },
    },
    journal: {
      note: (entry) => {
        bench.notes.push(entry);
      },
    },
    clock,
    random: () => 0.5,
    ...overrides,
  };
  return { ...bench, worker };
}
