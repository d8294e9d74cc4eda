import type { PlanSettings } from "#shared/backfill/plan/plan-terms.ts";
import type { PacedApi } from "#shared/contract/paced-api.ts";

interface Wishes
  extends Partial<
    Pick<PlanSettings, "quotaShare" | "retention" | "openContacts" | "connectInstanceArns" | "attachmentBuckets">
  > {
  readonly rates?: Readonly<Partial<Record<PacedApi, number>>>;
}

/** A deployment's settings, with the quotas and caps that AWS gives every account. */
export function planSettings({ rates = {}, ...settings }: Wishes = {}): PlanSettings {
  const quota = (api: PacedApi, ratePerSecond = 2, burst = 5) => ({
    ratePerSecond: rates[api] ?? ratePerSecond,
    burst,
  });
  return {
    quotas: {
      StartEmailContact: quota("StartEmailContact"),
      StartOutboundEmailContact: quota("StartOutboundEmailContact"),
      CreateContact: quota("CreateContact"),
      StartOutboundChatContact: quota("StartOutboundChatContact"),
      StopContact: quota("StopContact", 10, 15),
    },
    quotaShare: 1,
    retention: { queueSeconds: 13 * 86_400, deadLetterSeconds: 14 * 86_400, staleMarginSeconds: 43_200 },
    openContacts: { chat: 500, email: 1_000, task: 2_500 },
    ...settings,
  };
}
