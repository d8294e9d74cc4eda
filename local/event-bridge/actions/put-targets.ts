import * as z from "zod";
import { busName, eventsAction, ruleName } from "../events-action.ts";
import { compileTarget, targetDescription } from "../target.ts";

const shape = z.object({
  Rule: ruleName,
  EventBusName: busName,
  Targets: z.array(targetDescription).min(1).max(100),
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
export const putTargets = eventsAction(shape, ({ Rule, EventBusName, Targets }, { buses }) => {
  buses.get(EventBusName).rule(Rule).putTargets(Targets.map(compileTarget));
  return { FailedEntryCount: 0, FailedEntries: [] };
});
