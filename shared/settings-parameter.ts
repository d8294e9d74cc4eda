import * as z from "zod";
import { OPERATIONS } from "./contract/operation.ts";
import { settingsSchema } from "./settings-schema.ts";

/** The name of the SSM parameter in which a deployment publishes its settings. */
export const settingsParameterName = (prefix: string): string => `/${prefix}/settings`;

const queueUrls = z.object({ live: z.string(), backfill: z.string(), deadLetters: z.string() });

/**
 * What a deployment publishes about itself, as JSON: its settings, complete, and the names of what was made. The senders
 * are not in it: they are for policies alone, and may be many.
 */
export const publishedSettingsSchema = z.object({
  settings: settingsSchema.omit({ senders: true }),
  /** Operation → URLs. */
  queueUrls: z.record(z.enum(OPERATIONS), queueUrls),
  /** Operation → name of its worker function. */
  workerNames: z.record(z.enum(OPERATIONS), z.string()),
  stateTableName: z.string(),
  payloadBucketName: z.string(),
  keyArn: z.string(),
  /** Feeds a backfill. */
  stateMachineArn: z.string(),
  feedFunctionName: z.string(),
});

/** What a deployment publishes about itself. */
export type PublishedSettings = z.output<typeof publishedSettingsSchema>;
