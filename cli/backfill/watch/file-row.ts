import type { CandidateRow } from "#shared/backfill/candidate-row.ts";
import { judgeCandidate } from "#shared/backfill/judge-candidate.ts";
import { type ConnectInstance, servedInstance } from "#shared/connect-instance.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { outboundEmailStep } from "#shared/contract/outbound-email-step.ts";
import { requestKey } from "#shared/contract/state-key.ts";
import { contentHash } from "#shared/ledger/content-hash.ts";
import { FIRST_DRAFT } from "#shared/ledger/draft-of.ts";
import { contentOf } from "#shared/worker/content-of.ts";
import type { LedgerKey } from "#shared/worker/ports/ledger-store.ts";
import type { RowReading } from "./row-reading.ts";

/** A row of a job's file, as far as the file tells. */
export type FileRow = RequestRow | LostRow;

/** A row of which a request was, or is to be, made. */
export interface RequestRow extends AnyRow {
  readonly kind: "request";
  readonly requestId: string;
  /** Where the ledger may have it; nowhere where it means an instance that nobody knows. */
  readonly place?: LedgerPlace;
  /** Why a worker refuses it before it asks the ledger. */
  readonly code?: string;
  /** Whether a worker knows by the requestId that it is of this job. */
  readonly belongs: boolean;
}

/** Where the ledger has a request. */
interface LedgerPlace {
  /** Where it keeps what became of it. */
  readonly ledgerKey: LedgerKey;
  /** Where it keeps the first draft of an outbound e-mail. */
  readonly draftKey?: LedgerKey;
  /** What the ledger has there if it was this row that was sent, and not another request of this id. */
  readonly contentHash: string;
}

/** A row that is not sent. */
export interface LostRow extends AnyRow {
  readonly kind: "refused";
  readonly requestId: null;
  /** The first thing that is wrong with it. */
  readonly code: string;
}

interface AnyRow {
  /** Where it begins; lines count from 1. */
  readonly line: number;
  /** Null where the row could not be read so far. */
  readonly key: string | null;
}

/** What the contract judges as it did when the row was fed, and where the ledger has what became of it. */
export function fileRow(candidate: CandidateRow, reading: RowReading): FileRow {
  const { line, key } = candidate;
  const judged = judgeCandidate(candidate);
  if (judged.kind === "refused") {
    return { kind: "refused", line, key, requestId: null, code: judged.reasons[0]?.code ?? "refused" };
  }
  const { request } = judged;
  const { requestId } = request;
  const meant = meantInstance(request, reading);
  const isServed = meant !== undefined && servedInstance(reading.served, meant.id) !== undefined;
  return {
    kind: "request",
    line,
    key,
    requestId,
    ...(meant !== undefined && { place: placeOf(request, meant) }),
    ...(!isServed && { code: "InstanceNotServed" }),
    belongs: requestId.startsWith(`${reading.job}/`),
  };
}

/** The keys of all items of these rows, each once. */
export function keysOf(rows: readonly FileRow[]): readonly LedgerKey[] {
  const places = rows.flatMap((row) => (row.kind === "request" ? (row.place ?? []) : []));
  const keys = places.flatMap(({ ledgerKey, draftKey }) => [ledgerKey, ...(draftKey === undefined ? [] : [draftKey])]);
  return [...new Map(keys.map((key) => [requestKey(key), key])).values()];
}

/** What is fed names the instance that it meant at the start. One that it names itself may be served since, or no longer. */
const meantInstance = ({ input }: ContactRequest, { served, servedAtStart }: RowReading): ConnectInstance | undefined =>
  servedInstance(servedAtStart, input.InstanceId) ?? servedInstance(served, input.InstanceId);

const placeOf = (request: ContactRequest, instance: ConnectInstance): LedgerPlace => ({
  ...ledgerKeysOf(request, instance.id),
  contentHash: contentHash(contentOf(request, instance)),
});

function ledgerKeysOf(
  { operation, requestId }: ContactRequest,
  instanceId: string,
): Pick<LedgerPlace, "ledgerKey" | "draftKey"> {
  if (operation !== "OutboundEmail") return { ledgerKey: { operation, instanceId, requestId } };
  return {
    ledgerKey: { operation: outboundEmailStep("StartOutboundEmailContact", FIRST_DRAFT), instanceId, requestId },
    draftKey: { operation: outboundEmailStep("CreateContact", FIRST_DRAFT), instanceId, requestId },
  };
}
