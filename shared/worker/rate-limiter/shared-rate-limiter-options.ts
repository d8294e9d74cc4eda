import type { PacedApi } from "../../contract/paced-api.ts";
import type { ApiPaces, ApiRateLimiterOptions } from "./api-rate-limiter-options.ts";

/** How one process keeps to the quotas of all Connect APIs that it calls. */
export interface SharedRateLimiterOptions extends Omit<ApiRateLimiterOptions, keyof ApiPaces> {
  /** Throws for an API that this process does not call. */
  readonly pacesOf: (api: PacedApi) => ApiPaces;
}
