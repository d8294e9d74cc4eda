import type { EmulatedContact } from "./emulated-contact.ts";
import type { ContactPlace, OpenContacts } from "./open-contacts.ts";

/** A contact as it was made. Whether it is open, and how often it was asked for, is known elsewhere or later. */
export type MadeContact = Omit<EmulatedContact, "timesAsked" | "open">;

interface Entry {
  readonly contact: MadeContact;
  timesAsked: number;
}

/** Every contact that was made, in the order of making. */
export class ContactList {
  readonly #open: OpenContacts;
  readonly #entries: Entry[] = [];
  readonly #byContact = new Map<MadeContact, Entry>();
  readonly #byPlace = new Map<string, Entry[]>();

  constructor(open: OpenContacts) {
    this.#open = open;
  }

  add(contact: MadeContact): void {
    const entry: Entry = { contact, timesAsked: 1 };
    this.#entries.push(entry);
    this.#byContact.set(contact, entry);
    const place = placeKey(contact);
    const under = this.#byPlace.get(place);
    if (under === undefined) this.#byPlace.set(place, [entry]);
    else under.push(entry);
  }

  askedAgain(contact: MadeContact): void {
    const entry = this.#byContact.get(contact);
    if (entry !== undefined) entry.timesAsked += 1;
  }

  /** What was made under this id: a draft and the e-mail sent on it share one. */
  at(place: ContactPlace): readonly EmulatedContact[] {
    return (this.#byPlace.get(placeKey(place)) ?? []).map((entry) => this.#shown(entry));
  }

  /** All but the first `since`, so that one can ask for what is new. */
  list(since = 0): readonly EmulatedContact[] {
    return this.#entries.slice(since).map((entry) => this.#shown(entry));
  }

  #shown({ contact, timesAsked }: Entry): EmulatedContact {
    return { ...contact, timesAsked, open: this.#open.isOpen(contact) };
  }
}

const placeKey = ({ instanceId, contactId }: ContactPlace): string => JSON.stringify([instanceId, contactId]);
