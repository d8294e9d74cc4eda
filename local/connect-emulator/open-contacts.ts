import type { ContactKind } from "./contact-kind.ts";

/** Contacts are counted for each instance apart. */
export interface ContactPlace {
  readonly instanceId: string;
  readonly contactId: string;
}

const keyOf = ({ instanceId, contactId }: ContactPlace): string => JSON.stringify([instanceId, contactId]);
const countKeyOf = (instanceId: string, kind: ContactKind): string => JSON.stringify([instanceId, kind]);

/** Which contacts are open. Each takes one place among those of its kind, until it is ended. */
export class OpenContacts {
  readonly #kinds = new Map<string, ContactKind>();
  readonly #counts = new Map<string, number>();
  readonly #totals: Record<ContactKind, number> = { chat: 0, email: 0, task: 0, voice: 0 };

  isOpen(place: ContactPlace): boolean {
    return this.#kinds.has(keyOf(place));
  }

  count(instanceId: string, kind: ContactKind): number {
    return this.#counts.get(countKeyOf(instanceId, kind)) ?? 0;
  }

  /** Over all instances. */
  totals(): Readonly<Record<ContactKind, number>> {
    return { ...this.#totals };
  }

  /** Takes a place. A contact that is open already keeps the one it has. */
  open(place: ContactPlace, kind: ContactKind): void {
    if (this.isOpen(place)) return;
    this.#kinds.set(keyOf(place), kind);
    this.#add({ instanceId: place.instanceId, kind }, 1);
  }

  /** Frees its place, if it has one. */
  end(place: ContactPlace): void {
    const kind = this.#kinds.get(keyOf(place));
    if (kind === undefined) return;
    this.#kinds.delete(keyOf(place));
    this.#add({ instanceId: place.instanceId, kind }, -1);
  }

  #add({ instanceId, kind }: { instanceId: string; kind: ContactKind }, change: 1 | -1): void {
    this.#counts.set(countKeyOf(instanceId, kind), this.count(instanceId, kind) + change);
    this.#totals[kind] += change;
  }
}
