/** A request's contact, as its outcome tells it. */
export interface StartedContact {
  readonly contactId: string;
  /** Of what was sent on a draft: the draft's own contact. */
  readonly draftContactId?: string;
  /** Calls that counted, in the round that has started it. */
  readonly attempts: number;
  /** Whether it was there before this delivery. */
  readonly repeated: boolean;
}
