/** What an error says, on one line. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.replaceAll(/\s+/g, " ")}` : "for a reason that is not known";
