import * as z from "zod";
import { busName, eventsAction, ruleName } from "../events-action.ts";

const shape = z.object({ Rule: ruleName, EventBusName: busName, Ids: z.array(z.string()).min(1).max(100) });

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html */
export const removeTargets = eventsAction(shape, ({ Rule, EventBusName, Ids }, { buses }) => {
  const rule = buses.get(EventBusName).rule(Rule);
  const failed = Ids.filter((id) => !rule.removeTarget(id));
  return {
    FailedEntryCount: failed.length,
    FailedEntries: failed.map((TargetId) => ({
      TargetId,
      ErrorCode: "ResourceNotFoundException",
      ErrorMessage: `Rule ${Rule} does not have target ${TargetId}.`,
    })),
  };
});
