import type { GoodRow } from "#shared/backfill/judge-candidate.ts";
import { type ConnectInstance, parseConnectInstanceArn, servedInstance } from "#shared/connect-instance.ts";
import { outboundEmailStep } from "#shared/contract/outbound-email-step.ts";
import { requestKey } from "#shared/contract/state-key.ts";
import type { LedgerKey } from "#shared/worker/ports/ledger-store.ts";

/** Reads many requests of the ledger at once, by `requestKey`; at most 100 keys. */
export interface LedgerReader {
  read(keys: readonly LedgerKey[]): Promise<ReadonlyMap<string, { readonly item: { readonly state: string } }>>;
}

const MOST_KEYS = 100;
const MOST_UNDER_WAY = 8;

interface Rows {
  readonly key: LedgerKey;
  readonly count: number;
}

/** Counts the rows whose contact is made already, in a memory that does not grow with the file. */
export class StartedRows {
  readonly #ledger: LedgerReader;
  readonly #served: readonly ConnectInstance[];
  #next = new Map<string, Rows>();
  readonly #underWay = new Set<Promise<void>>();
  #count = 0;

  /** The first of the instances is meant by rows that name none. */
  constructor(ledger: LedgerReader, connectInstanceArns: readonly string[]) {
    this.#ledger = ledger;
    this.#served = connectInstanceArns.flatMap((arn) => parseConnectInstanceArn(arn) ?? []);
  }

  /** Resolves at once, or when the ledger has caught up. */
  add({ request }: GoodRow): void | Promise<void> {
    const instance = servedInstance(this.#served, request.input.InstanceId);
    // The worker refuses it.
    if (instance === undefined) return undefined;
    const key = { operation: sendingStep(request), instanceId: instance.id, requestId: request.requestId };
    const name = requestKey(key);
    this.#next.set(name, { key, count: (this.#next.get(name)?.count ?? 0) + 1 });
    return this.#next.size < MOST_KEYS ? undefined : this.#askNext();
  }

  /** How many rows have a contact, when all of them were given. */
  async total(): Promise<number> {
    if (this.#next.size > 0) await this.#askNext();
    await Promise.all(this.#underWay);
    return this.#count;
  }

  async #askNext(): Promise<void> {
    const asked = this.#ask(this.#next);
    this.#next = new Map();
    this.#underWay.add(asked);
    // One that rejects stays, for whoever waits next.
    asked.then(
      () => this.#underWay.delete(asked),
      () => undefined,
    );
    if (this.#underWay.size >= MOST_UNDER_WAY) await Promise.race(this.#underWay);
  }

  async #ask(rows: ReadonlyMap<string, Rows>): Promise<void> {
    const found = await this.#ledger.read([...rows.values()].map(({ key }) => key));
    for (const [name, { count }] of rows) if (found.get(name)?.item.state === "started") this.#count += count;
  }
}

/** An outbound e-mail has an item for each of its calls; the last is the one that sends it. */
const sendingStep = ({ operation }: GoodRow["request"]): LedgerKey["operation"] =>
  operation === "OutboundEmail" ? outboundEmailStep("StartOutboundEmailContact", 1) : operation;
