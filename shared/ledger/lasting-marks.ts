/** What outlives every round of a request. */
export interface LastingMarks {
  /** Connect has refused the client token: it would refuse it again, or make a second contact once it has forgotten it. */
  readonly tokenRefused?: boolean;
  /** An operator has looked, and accepts that a new round may make a second contact. The doubt stays. */
  readonly duplicateAccepted?: boolean;
}

/** The marks that are set on an item, to be written into the next one. */
export const lastingMarks = ({ tokenRefused, duplicateAccepted }: LastingMarks = {}): LastingMarks => ({
  ...(tokenRefused !== undefined && { tokenRefused }),
  ...(duplicateAccepted !== undefined && { duplicateAccepted }),
});

/** Whether only an operator can let this request be sent again. */
export const needsAnOperator = ({ tokenRefused, duplicateAccepted }: LastingMarks): boolean =>
  tokenRefused === true && duplicateAccepted !== true;
