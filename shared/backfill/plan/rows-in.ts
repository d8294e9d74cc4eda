/** How many rows these are together. */
export const rowsIn = (parts: readonly { readonly rows: number }[]): number =>
  parts.reduce((total, { rows }) => total + rows, 0);
