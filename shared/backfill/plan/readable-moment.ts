/** A moment as people read it, in UTC: `2026-12-01 09:00 UTC`. */
export const readableMoment = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
