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

/** A row of a job's file, as far as the file tells. */
export type FileRow = RequestRow | LostRow;

/** A row of which a request was, or is to be, made. */
export interface RequestRow extends AnyRow {
  readonly kind: "request";
  readonly requestId: string;
  /** Where the ledger keeps what became of it. */
  readonly ledgerKey: LedgerKey;
  /** Where it keeps the first draft of an outbound e-mail. */
  readonly draftKey?: LedgerKey;
  /** Tells it from another row with the same key. */
  readonly contentHash: string;
  /** Whether a worker knows by the requestId that it is of this job. */
  readonly belongs: boolean;
}

/** A row that no worker writes into the ledger. */
export interface LostRow extends AnyRow {
  readonly kind: "refused" | "not-served";
  readonly requestId: string | null;
  /** The first thing that is wrong with it. */
  readonly code: string;
}

interface AnyRow {
  /** Where it begins; lines count from 1. */
  readonly line: number;
  /** Null where the row could not be read so far. */
  readonly key: string | null;
}

/** What rows are read with: the job's name, and the instances that its deployment serves. */
export interface RowReading {
  readonly job: string;
  readonly instances: readonly ConnectInstance[];
}

/** What the file says of a row. The contract judges as it did when the row was fed. */
export function fileRow(candidate: CandidateRow, { job, instances }: RowReading): FileRow {
  const { line, key } = candidate;
  const judged = judgeCandidate(candidate);
  if (judged.kind === "refused") {
    return { kind: "refused", line, key, requestId: null, code: judged.reasons[0]?.code ?? "refused" };
  }
  const { request } = judged;
  const { requestId } = request;
  const instance = servedInstance(instances, request.input.InstanceId);
  // The worker refuses it before it asks the ledger.
  if (instance === undefined) return { kind: "not-served", line, key, requestId, code: "InstanceNotServed" };
  return {
    kind: "request",
    line,
    key,
    requestId,
    ...ledgerKeysOf(request, instance.id),
    contentHash: contentHash(contentOf(request, instance)),
    belongs: requestId.startsWith(`${job}/`),
  };
}

/** The keys of all items of these rows, each once. */
export function keysOf(rows: readonly FileRow[]): readonly LedgerKey[] {
  const keys = rows.flatMap((row) =>
    row.kind === "request" ? [row.ledgerKey, ...(row.draftKey === undefined ? [] : [row.draftKey])] : [],
  );
  return [...new Map(keys.map((key) => [requestKey(key), key])).values()];
}

function ledgerKeysOf(
  { operation, requestId }: ContactRequest,
  instanceId: string,
): Pick<RequestRow, "ledgerKey" | "draftKey"> {
  if (operation !== "OutboundEmail") return { ledgerKey: { operation, instanceId, requestId } };
  return {
    ledgerKey: { operation: outboundEmailStep("StartOutboundEmailContact", FIRST_DRAFT), instanceId, requestId },
    draftKey: { operation: outboundEmailStep("CreateContact", FIRST_DRAFT), instanceId, requestId },
  };
}
