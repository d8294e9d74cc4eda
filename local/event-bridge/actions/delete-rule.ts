import * as z from "zod";
import { busName, eventsAction, ruleName } from "../events-action.ts";
import { EventsError } from "../events-error.ts";

/** A rule that is not there is deleted already. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html */
export const deleteRule = eventsAction(z.object({ Name: ruleName, EventBusName: busName }), (input, { buses }) => {
  const bus = buses.get(input.EventBusName);
  if (!bus.hasRule(input.Name)) return {};
  if (bus.rule(input.Name).targets().length > 0) {
    throw new EventsError("ValidationException", "Rule can't be deleted since it has targets.");
  }
  bus.deleteRule(input.Name);
  return {};
});
