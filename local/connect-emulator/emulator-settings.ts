import * as z from "zod";
import { REPEATED_TOKEN, type RepeatedToken } from "./client-tokens.ts";
import { CAPPED_KINDS } from "./contact-kind.ts";
import { instanceIdOf } from "./instance-id.ts";
import { OPERATION_NAMES, type OperationName } from "./operation-name.ts";
import { type ParsedSetting, parseSetting } from "./parse-setting.ts";
import type { Quota } from "./token-bucket.ts";

export interface EmulatorSettings {
  /** One token bucket for each API. */
  readonly quota: Readonly<Record<OperationName, Quota>>;
  /** How many contacts of a kind may be open in an instance. Voice has no cap. 0 is full from the start. */
  readonly caps: Readonly<Record<(typeof CAPPED_KINDS)[number], number>>;
  readonly repeatedToken: RepeatedToken;
  readonly tokenWindowMs: number;
  /** The only instances that exist, as ids or ARNs. null: every one does. */
  readonly instanceIds: readonly string[] | null;
  /** StartOutboundEmailContact sends only on an open draft that CreateContact made here, and once. */
  readonly knownContactsOnly: boolean;
  readonly maxBodyBytes: number;
}

/** What may be changed, and how: members that are left out keep what they are. `quota.all` is every API at once. */
export interface SettingsUpdate extends Partial<Omit<EmulatorSettings, "quota" | "caps">> {
  readonly quota?: Readonly<Partial<Record<OperationName | "all", Partial<Quota>>>>;
  readonly caps?: Partial<EmulatorSettings["caps"]>;
}

const HOUR_MS = 60 * 60 * 1000;
// What every account starts with: the same for the four operations that start contacts.
const STARTING: Quota = { ratePerSecond: 2, burst: 5 };

export const DEFAULT_SETTINGS: EmulatorSettings = {
  quota: {
    StartEmailContact: STARTING,
    StartOutboundEmailContact: STARTING,
    CreateContact: STARTING,
    StartOutboundChatContact: STARTING,
    StopContact: { ratePerSecond: 10, burst: 15 },
  },
  caps: { chat: 500, email: 1000, task: 2500 },
  repeatedToken: "same-contact",
  tokenWindowMs: 7 * 24 * HOUR_MS,
  instanceIds: null,
  knownContactsOnly: false,
  maxBodyBytes: 10 * 1024 * 1024,
};

const quota = z.strictObject({
  ratePerSecond: z.number().min(0).exactOptional(),
  burst: z.number().min(0).exactOptional(),
});
const update = z.strictObject({
  quota: z.partialRecord(z.enum(["all", ...OPERATION_NAMES]), quota).exactOptional(),
  caps: z.partialRecord(z.enum(CAPPED_KINDS), z.int().min(0)).exactOptional(),
  repeatedToken: z.enum(REPEATED_TOKEN).exactOptional(),
  tokenWindowMs: z.number().min(0).exactOptional(),
  instanceIds: z.array(z.string().min(1).transform(instanceIdOf)).nullable().exactOptional(),
  knownContactsOnly: z.boolean().exactOptional(),
  maxBodyBytes: z.int().min(1).exactOptional(),
});

const HINT = [
  `Settings are ${Object.keys(DEFAULT_SETTINGS).join(", ")}`,
  `quota takes all, ${OPERATION_NAMES.join(", ")}, each {"ratePerSecond": …, "burst": …}`,
  `caps takes ${CAPPED_KINDS.join(", ")}`,
  `repeatedToken is ${REPEATED_TOKEN.join(", ")}`,
].join("; ");

/** `current` with the changes, or a sentence that says what is wrong with them and lists what there is. */
export function withSettings(current: EmulatorSettings, changes: unknown): ParsedSetting<EmulatorSettings> {
  const parsed = parseSetting(update, changes, HINT);
  if (!parsed.ok) return parsed;
  const { quota: quotas = {}, caps = {}, ...others } = parsed.value;
  const changed = OPERATION_NAMES.map((name) => [name, { ...current.quota[name], ...quotas.all, ...quotas[name] }]);
  return {
    ok: true,
    value: {
      ...current,
      ...others,
      quota: { ...current.quota, ...Object.fromEntries(changed) },
      caps: { ...current.caps, ...caps },
    },
  };
}
