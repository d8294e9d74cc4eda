import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import { idOfHours } from "./id-of-hours.ts";
import type { RowGroup } from "./row-group.ts";
import type { Times } from "./row-prospects.ts";

/** A file may name another moment, and other hours, in every row. */
const MOST_GROUPS = 1_024;
export const MOST_HOURS = 50;

/**
 * Groups rows by when they may be sent, in a memory that does not grow. Where there are too many groups, moments of one second, then of
 * four, of sixteen, are taken for one, and hours for none: a group may then be sent at more times than its rows, never at fewer, so that
 * nothing is called impossible that is not.
 */
export class RowGroups {
  #groups = new Map<string, RowGroup>();
  readonly #hours = new Set<string>();
  #widthMs = 1;
  #rowsWithoutHours = 0;

  add({ notBefore, expiresAt, sendingHours }: Times, line: number): void {
    const isKept = this.#isKept(sendingHours);
    if (!isKept) this.#rowsWithoutHours += 1;
    this.#join({
      hours: isKept ? sendingHours : undefined,
      notBeforeMs: notBefore === undefined ? -Infinity : Date.parse(notBefore),
      expiresMs: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
      rows: 1,
      line,
    });
    while (this.#groups.size > MOST_GROUPS) this.#coarsen();
  }

  all(): readonly RowGroup[] {
    return [...this.#groups.values()];
  }

  /** How many rows are taken for rows without hours: those of other hours than the first MOST_HOURS. */
  get rowsWithoutHours(): number {
    return this.#rowsWithoutHours;
  }

  /** Moments of rows that lie in one slot of this width may be taken for one. A millisecond: they are told apart. */
  get widthMs(): number {
    return this.#widthMs;
  }

  #isKept(hours: SendingHours | undefined): boolean {
    const id = idOfHours(hours);
    if (hours === undefined || this.#hours.has(id)) return true;
    if (this.#hours.size >= MOST_HOURS) return false;
    this.#hours.add(id);
    return true;
  }

  #join(added: RowGroup): void {
    const id = this.#idOf(added);
    const group = this.#groups.get(id);
    if (group === undefined) {
      this.#groups.set(id, added);
      return;
    }
    this.#groups.set(id, {
      hours: added.hours,
      notBeforeMs: Math.min(group.notBeforeMs, added.notBeforeMs),
      expiresMs: Math.max(group.expiresMs, added.expiresMs),
      rows: group.rows + added.rows,
      line: Math.min(group.line, added.line),
    });
  }

  #idOf({ hours, notBeforeMs, expiresMs }: RowGroup): string {
    return `${idOfHours(hours)} ${Math.floor(notBeforeMs / this.#widthMs)} ${Math.floor(expiresMs / this.#widthMs)}`;
  }

  #coarsen(): void {
    const groups = this.#groups;
    this.#groups = new Map();
    this.#widthMs = this.#widthMs === 1 ? 1_000 : 4 * this.#widthMs;
    for (const group of groups.values()) this.#join(group);
  }
}
