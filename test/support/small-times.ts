import type { PacedApi } from "#shared/contract/paced-api.ts";
import type { SettingsInput } from "#shared/settings.ts";

/** Settings under which what takes minutes with Connect takes moments here. A test overrides what it is about. */
export const SMALL_TIMES = {
  callTimeoutSeconds: 0.5,
  closingTimeSeconds: 0.5,
  retry: { backoffBaseSeconds: 0.05, backoffMaxSeconds: 0.5 },
} satisfies Partial<SettingsInput>;

interface Quota {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** The same quota for every API of Connect. */
export const quotaOfEach = (quota: Quota): Record<PacedApi, Quota> => ({
  StartEmailContact: quota,
  StartOutboundEmailContact: quota,
  CreateContact: quota,
  StartOutboundChatContact: quota,
  StopContact: quota,
});
