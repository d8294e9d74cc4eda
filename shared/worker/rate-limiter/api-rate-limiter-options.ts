import type { Clock } from "../../clock.ts";
import type { Pace } from "../../rate-limiter/pace.ts";
import type { PauseSettings } from "../../rate-limiter/pause.ts";

/** How one process keeps to the quota of one Connect API. */
export interface ApiRateLimiterOptions extends ApiPaces {
  readonly pause: PauseSettings;
  /** How long a batch that is paused as a whole waits before it is answered, so that a backlog is not churned through. */
  readonly holdMs: number;
  readonly clock: Clock;
  /** Uniform over [0, 1). */
  readonly random: () => number;
  /** Told when the shared buckets could not be reached. Must not throw. */
  readonly onOutage: (reason: unknown) => void;
}

export interface ApiPaces {
  /** What all processes together plan with, of the quota of the API (`plannedPace`). */
  readonly pace: Pace;
  /** What each process keeps to while the shared buckets cannot be reached (`paceOfEach`). */
  readonly paceAlone: Pace;
}
