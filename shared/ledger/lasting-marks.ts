/** What a round takes over from the one before it. */
export interface LastingMarks {
  /** Connect has refused the client token: it would refuse it again, or make a second contact once it has forgotten it. */
  readonly tokenRefused?: boolean;
  /** An operator has looked, and accepts that the next round may make a second contact. The doubt stays. */
  readonly duplicateAccepted?: boolean;
  /** A call on an earlier draft may have sent an e-mail, and an operator has accepted that this one is sent as well. */
  readonly earlierDoubt?: boolean;
}

/** The marks that are set on an item, to be written into the next one. */
export const lastingMarks = ({ tokenRefused, duplicateAccepted, earlierDoubt }: LastingMarks = {}): LastingMarks => ({
  ...(tokenRefused !== undefined && { tokenRefused }),
  ...(duplicateAccepted !== undefined && { duplicateAccepted }),
  ...(earlierDoubt !== undefined && { earlierDoubt }),
});

/** Whether only an operator can let this request be sent again. */
export const needsAnOperator = ({ tokenRefused, duplicateAccepted }: LastingMarks): boolean =>
  tokenRefused === true && duplicateAccepted !== true;
