import * as z from "zod";
import { fromZodIssue } from "../from-zod-issue.ts";
import { rule } from "../rule.ts";

/**
 * A JSON object whose keys the upstream chooses. Keys are judged apart from zod's own record keys, so that the value under a
 * refused key is judged too, and the rules over the whole map see every entry.
 */
export const mapOf = <Value extends z.ZodType>(key: z.ZodType<string>, value: Value): z.ZodRecord<z.ZodString, Value> =>
  z.record(z.string(), value).check(
    rule(z.record(z.string(), z.unknown()), (entries, refuse) => {
      for (const name of Object.keys(entries)) {
        const judged = z.safeParse(key, name);
        for (const issue of judged.error?.issues ?? []) {
          const { code, message } = fromZodIssue(issue, name);
          refuse([name], code, `a key of this map ${message}`);
        }
      }
    }),
  );
