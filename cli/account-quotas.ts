import { readFile } from "node:fs/promises";
import * as z from "zod";
import { settingsSchema } from "#shared/settings-schema.ts";
import { userPath } from "./user-path.ts";

const { quotas, openContacts } = settingsSchema.shape;
const quotasOf = z.object({ quotas, openContacts });

/**
 * The quotas of the account that a settings file speaks of, which was found good before, with those of open contacts: the
 * part of a share is not in it.
 */
export async function accountQuotas(settingsFile: string): Promise<z.output<typeof quotasOf>> {
  return quotasOf.parse(JSON.parse(await readFile(userPath(settingsFile), "utf8")));
}
