import * as z from "zod";
import type { IssueCode } from "./issue.ts";

/** What a rule calls for each thing that is wrong. `path` starts at the value that the rule stands on. */
export type Refuse = (path: readonly PropertyKey[], code: IssueCode, message: string) => void;

/** The key under which an issue's code travels through zod. */
export const ISSUE_CODE_PARAM = "issueCode";

/**
 * A rule that the API model cannot say, mostly one over several members. `reads` names the members that it needs; it is judged
 * whenever these are well-formed, whatever else is wrong with the request, so that all issues are reported at once.
 */
export const rule = <Reads extends z.ZodType>(
  reads: Reads,
  judge: (members: z.output<Reads>, refuse: Refuse) => void,
): z.core.$ZodCheck<unknown> =>
  z.superRefine<unknown>(
    (value, context) => {
      // The core's own safeParse makes no Error object with a stack where the members are not well-formed.
      const read = z.safeParse(reads, value);
      if (!read.success) return;
      judge(read.data, (path, code, message) =>
        context.addIssue({ code: "custom", path: [...path], message, params: { [ISSUE_CODE_PARAM]: code } }),
      );
    },
    { when: () => true },
  );
