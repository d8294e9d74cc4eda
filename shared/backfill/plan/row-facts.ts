import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import type { GoodRow } from "../judge-candidate.ts";
import { contactPlace } from "./contact-place.ts";
import { MomentCounts } from "./moment-counts.ts";
import type { CappedKind } from "./plan-terms.ts";

/** Requests with the same sending hours, or with none. */
export interface HoursGroup {
  readonly hours: SendingHours | undefined;
  readonly rows: number;
}

/** The contacts of one kind in one instance. */
export interface PlaceGroup {
  readonly kind: CappedKind;
  readonly rows: number;
  /** How long all of them together keep their places at most. */
  readonly minutes: number;
}

/** A file may name others in every row. Those beyond are not reckoned with. */
const MOST_GROUPS = 50;

/** What the good rows of a file say about when they can be sent, in a memory that does not grow with the file. */
export class RowFacts {
  readonly expiries = new MomentCounts();
  readonly notBefores = new MomentCounts();
  /** Rows whose requestId does not begin with the job's name, so that a cancel of the job does not reach them. */
  outsideJob = 0;
  #rows = 0;
  readonly #job: string;
  readonly #hours = new Map<string, HoursGroup>();
  readonly #places = new Map<string, PlaceGroup>();

  constructor(job: string) {
    this.#job = job;
  }

  get rows(): number {
    return this.#rows;
  }

  get hours(): readonly HoursGroup[] {
    return [...this.#hours.values()];
  }

  get places(): readonly PlaceGroup[] {
    return [...this.#places.values()];
  }

  add({ request, line }: GoodRow): void {
    this.#rows += 1;
    if (request.expiresAt !== undefined) this.expiries.add(request.expiresAt, line);
    if (request.notBefore !== undefined) this.notBefores.add(request.notBefore, line);
    if (!request.requestId.startsWith(`${this.#job}/`)) this.outsideJob += 1;
    this.#addHours(request.sendingHours);
    this.#addPlace(request);
  }

  #addHours(hours: SendingHours | undefined): void {
    const id = hours === undefined ? "" : `${hours.from}-${hours.to} ${hours.timeZone}`;
    const group = this.#hours.get(id) ?? { hours, rows: 0 };
    if (group.rows === 0 && this.#hours.size >= MOST_GROUPS) return;
    this.#hours.set(id, { ...group, rows: group.rows + 1 });
  }

  #addPlace(request: GoodRow["request"]): void {
    const place = contactPlace(request);
    if (place === undefined) return;
    const id = `${place.kind} ${request.input.InstanceId ?? ""}`;
    const group = this.#places.get(id) ?? { kind: place.kind, rows: 0, minutes: 0 };
    if (group.rows === 0 && this.#places.size >= MOST_GROUPS) return;
    this.#places.set(id, { ...group, rows: group.rows + 1, minutes: group.minutes + place.minutes });
  }
}
