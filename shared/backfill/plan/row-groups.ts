import type { ContactRequest } from "../../contract/contact-request.ts";
import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import type { RowGroup } from "./row-group.ts";

/** A file may name another moment, and other hours, in every row. */
const MOST_GROUPS = 1_024;
const MOST_HOURS = 50;

type Times = Pick<ContactRequest, "notBefore" | "expiresAt" | "sendingHours">;

/**
 * Groups rows by when they may be sent, in a memory that does not grow. Where there are too many groups, moments of one second, then of
 * four, of sixteen, are taken for one, and hours for none: a group may then be sent at more times than its rows, never at fewer, so that
 * nothing is called impossible that is not.
 */
export class RowGroups {
  #groups = new Map<string, RowGroup>();
  readonly #hours = new Set<string>();
  #widthMs = 1;

  add(times: Times, line: number): void {
    this.#join({ ...this.#windowOf(times), rows: 1, line });
    while (this.#groups.size > MOST_GROUPS) this.#coarsen();
  }

  /** Undoes that a row was added. */
  takeBack(times: Times): void {
    const id = this.#idOf(this.#windowOf(times));
    const group = this.#groups.get(id);
    if (group === undefined) throw new Error("A row is taken back that was never added.");
    if (group.rows === 1) this.#groups.delete(id);
    else this.#groups.set(id, { ...group, rows: group.rows - 1 });
  }

  all(): readonly RowGroup[] {
    return [...this.#groups.values()];
  }

  #windowOf({ notBefore, expiresAt, sendingHours }: Times): Omit<RowGroup, "rows" | "line"> {
    return {
      hours: this.#isKept(sendingHours) ? sendingHours : undefined,
      notBeforeMs: notBefore === undefined ? -Infinity : Date.parse(notBefore),
      expiresMs: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
    };
  }

  #isKept(hours: SendingHours | undefined): boolean {
    const id = idOfHours(hours);
    if (this.#hours.has(id)) return true;
    if (this.#hours.size >= MOST_HOURS) return false;
    this.#hours.add(id);
    return true;
  }

  #idOf({ hours, notBeforeMs, expiresMs }: Omit<RowGroup, "rows" | "line">): string {
    return `${idOfHours(hours)} ${Math.floor(notBeforeMs / this.#widthMs)} ${Math.floor(expiresMs / this.#widthMs)}`;
  }

  #join(added: RowGroup): void {
    const id = this.#idOf(added);
    const group = this.#groups.get(id) ?? added;
    this.#groups.set(id, {
      hours: added.hours,
      notBeforeMs: Math.min(group.notBeforeMs, added.notBeforeMs),
      expiresMs: Math.max(group.expiresMs, added.expiresMs),
      rows: group === added ? added.rows : group.rows + added.rows,
      line: Math.min(group.line, added.line),
    });
  }

  #coarsen(): void {
    const groups = this.#groups;
    this.#groups = new Map();
    this.#widthMs = this.#widthMs === 1 ? 1_000 : 4 * this.#widthMs;
    for (const group of groups.values()) this.#join(group);
  }
}

const idOfHours = (hours: SendingHours | undefined): string =>
  hours === undefined ? "" : `${hours.from}-${hours.to}-${hours.timeZone}`;
