/** Milliseconds as whole seconds, more rather than less. */
export const inSeconds = (ms: number): number => Math.ceil(ms / 1_000);
