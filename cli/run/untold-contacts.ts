import { counted } from "./counted.ts";
import type { ToldOutcome } from "./told-outcomes.ts";

/**
 * What does not agree between the contacts that Connect has made and those that the workers tell of, as sentences. (A draft
 * and the e-mail that was sent on it are one contact.)
 */
export function untoldContacts(
  contacts: readonly { readonly contactId: string }[],
  outcomes: readonly ToldOutcome[],
): readonly string[] {
  const made = new Set(contacts.map(({ contactId }) => contactId));
  const told = new Set(outcomes.flatMap(({ contactId }) => contactId ?? []));
  const untold = [...made].filter((contactId) => !told.has(contactId)).length;
  const unmade = [...told].filter((contactId) => !made.has(contactId)).length;
  return [
    ...(untold > 0 ? [`Connect has made ${counted(untold, "contact")} that no outcome event tells of.`] : []),
    ...(unmade > 0 ? [`Outcome events tell of ${counted(unmade, "contact")} that Connect has not made.`] : []),
  ];
}
