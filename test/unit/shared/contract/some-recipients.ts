/** As many different recipients as are asked for. */
export const someRecipients = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ EmailAddress: `r${index}@example.com` }));
