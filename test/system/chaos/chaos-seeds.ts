/** `npm test` runs one seed of each behaviour of Connect; `npm run chaos` ten. */
const SEEDS = Number(process.env["CHAOS_SEEDS"] ?? 1);
const FIRST_SEED = Number(process.env["SEED"] ?? 20261120);

export const CHAOS_SEEDS: readonly number[] = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);
