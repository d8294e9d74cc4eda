import * as z from "zod";
import { OPERATION_NAMES } from "./operation-name.ts";
import { type ParsedSetting, parseSetting } from "./parse-setting.ts";

/** The faults, in the order in which they can strike one call. */
const FAULT_NAMES = [
  /** The connection is reset before anything was done. */
  "connectionReset",
  /** The work begins late. */
  "delayBefore",
  /** 429 ThrottlingException, whatever the bucket says. */
  "throttled",
  /** 403 AccessDeniedException. */
  "accessDenied",
  /** 500 InternalServiceException, nothing was done. */
  "internalErrorBefore",
  /** 402 ServiceQuotaExceededException, for chats 429 LimitExceededException, where a contact would have been made. */
  "atCapacity",
  /** 500 InternalServiceException, although it was done. */
  "internalErrorAfter",
  /** It was done, and the connection is cut in place of the answer. */
  "lostAnswer",
  /** It was done, and there is no answer until the caller gives up. */
  "silentAnswer",
  /** It was done, and the answer comes late. */
  "delayAfter",
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Whose calls a rule is about. An operation's own rule replaces the one for all. */
export const FAULT_SCOPES = ["all", ...OPERATION_NAMES] as const;

export type FaultScope = (typeof FAULT_SCOPES)[number];

const chance = {
  /** 0 to 1, drawn for each call. */
  probability: z.number().min(0).max(1).exactOptional(),
  /** Every n-th call that it could strike. */
  every: z.int().min(1).exactOptional(),
  /** The next n calls that it could strike, and then none. */
  next: z.int().min(0).exactOptional(),
};
type Chances = Readonly<{ probability?: number; every?: number; next?: number }>;

const hasOneChance = ({ probability, every, next }: Chances): boolean =>
  [probability, every, next].filter((given) => given !== undefined).length === 1;
const ONE_CHANCE = { error: "takes exactly one of probability, every, next" };

const plain = z.strictObject(chance).refine(hasOneChance, ONE_CHANCE);
const delay = z
  .strictObject({ ...chance, minMs: z.number().min(0), maxMs: z.number().max(600_000) })
  .refine(hasOneChance, ONE_CHANCE)
  .refine(({ minMs, maxMs }) => minMs <= maxMs, { error: "minMs must not exceed maxMs" });
const atCapacity = z
  .strictObject({
    ...chance,
    // The values of AttachedFileServiceQuotaExceededExceptionReason in the API model.
    reason: z.enum(["TOTAL_FILE_SIZE_EXCEEDED", "TOTAL_FILE_COUNT_EXCEEDED"]).exactOptional(),
  })
  .refine(hasOneChance, ONE_CHANCE);

const rules = z.strictObject({
  connectionReset: plain.nullable().exactOptional(),
  delayBefore: delay.nullable().exactOptional(),
  throttled: plain.nullable().exactOptional(),
  accessDenied: plain.nullable().exactOptional(),
  internalErrorBefore: plain.nullable().exactOptional(),
  atCapacity: atCapacity.nullable().exactOptional(),
  internalErrorAfter: plain.nullable().exactOptional(),
  lostAnswer: plain.nullable().exactOptional(),
  silentAnswer: plain.nullable().exactOptional(),
  delayAfter: delay.nullable().exactOptional(),
});
const ofOne = rules.nullable().exactOptional();
const update = z.strictObject({
  all: ofOne,
  StartEmailContact: ofOne,
  StartOutboundEmailContact: ofOne,
  CreateContact: ofOne,
  StartOutboundChatContact: ofOne,
  // It makes nothing that could be too much.
  StopContact: rules.omit({ atCapacity: true }).nullable().exactOptional(),
});

/** When a fault strikes, and what it needs to know: a delay its range, a lack of room its reason. */
export interface FaultRule extends Chances {
  readonly minMs?: number;
  readonly maxMs?: number;
  readonly reason?: string;
}

/** The rules that are in force. */
export type FaultSettings = Readonly<Partial<Record<FaultScope, Readonly<Partial<Record<FaultName, FaultRule>>>>>>;

/** Changes to the rules: what is left out stays, null takes away a rule or all of a scope, {} changes nothing. */
export type FaultsUpdate = Readonly<
  Partial<Record<FaultScope, Readonly<Partial<Record<FaultName, FaultRule | null>>> | null>>
>;

const HINT = [
  `The first level takes ${FAULT_SCOPES.join(", ")}`,
  `the second ${FAULT_NAMES.join(", ")}`,
  'each null or {"probability": 0 to 1}, {"every": n} or {"next": n}',
  'delays with "minMs" and "maxMs" too, atCapacity with "reason" if it is about attached files',
].join("; ");

/** The changes, or a sentence that says what is wrong with them and lists what there is. */
export const parseFaultsUpdate = (value: unknown): ParsedSetting<FaultsUpdate> => parseSetting(update, value, HINT);
