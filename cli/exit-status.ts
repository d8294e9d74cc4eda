/** What the commands end with. Programs may rely on it. */
export const EXIT_STATUS = {
  /** Everything asked for was done. */
  done: 0,
  /** A request was refused, or was not sent, or a run did not end as it must. */
  refused: 1,
  /** Wrong usage, or no access to what the command needs: nothing can be said about the requests. */
  unusable: 2,
} as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];
