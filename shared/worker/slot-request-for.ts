import type { PacedApi } from "../contract/paced-api.ts";
import type { SlotRequest } from "../rate-limiter/slot.ts";
import { latestSlotMs } from "./latest-slot-ms.ts";
import type { AcceptedWork } from "./work.ts";

/** A call, as far as the rate limiter is concerned. */
export interface PacedCall {
  readonly api: PacedApi;
  /** The kind of open contact that the call adds to, where its API makes more than one kind. */
  readonly channel?: string;
}

/** What a delivery asks the rate limiter for: a slot that leaves time for the call and for writing down how it ended. */
export const slotRequestFor = (work: AcceptedWork, { api, channel }: PacedCall): SlotRequest => ({
  api,
  instanceId: work.accepted.instance.id,
  ...(channel !== undefined && { channel }),
  lane: work.delivery.lane,
  latestMs: latestSlotMs(work),
});
