import type { PacedApi } from "../contract/paced-api.ts";
import type { Lane } from "../contract/queue-name.ts";

/** What a call asks the rate limiter for. */
export interface SlotRequest {
  /** The API whose quota the call draws on. The quotas are per API, account and Region. */
  readonly api: PacedApi;
  /** The instance whose open contacts the call adds to. The caps are per instance. */
  readonly instanceId?: string;
  /** The kind of open contact that the call adds to, where an API makes more than one kind: CreateContact's channel. */
  readonly channel?: string;
  readonly lane: Lane;
  /** The slot must not be later than this. */
  readonly latestMs: number;
}

/** Leave for one call, at one moment. */
export interface Slot {
  readonly request: SlotRequest;
  readonly atMs: number;
  /** The one call that finds out whether a pause is over. */
  readonly isProbe: boolean;
  /** When this API last made a contact that adds to the same open contacts, as far as this limiter knows. */
  readonly lastAcceptedAtMs?: number;
}

export type SlotAnswer =
  /** The slot's moment is now. */
  | { readonly kind: "granted"; readonly slot: Slot }
  /** There is none before `latestMs`. */
  | { readonly kind: "none-in-time" }
  /** No call leaves before `untilMs`: too many contacts are open, or every call is denied. */
  | { readonly kind: "paused"; readonly untilMs: number };

/** What became of a slot, as far as it concerns the pace. `unused`: no call was made, so that another may have it. */
export type SlotReport = "unused" | "accepted" | "throttled" | "at-capacity" | "denied" | "transient" | "other";
