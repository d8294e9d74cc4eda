/** What a benchmark is asked for. */
export interface BenchRun {
  /** A look: shorter, and too short for some targets. */
  readonly quick: boolean;
  /** Decides everything that is random. */
  readonly seed: number;
  /** Ends the run; then it rejects, and leaves no process behind. */
  readonly signal: AbortSignal;
  /** Says to people what is going on. */
  readonly tell: (line: string) => void;
}
