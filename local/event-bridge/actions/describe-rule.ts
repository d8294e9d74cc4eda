import * as z from "zod";
import { busName, eventsAction, ruleName } from "../events-action.ts";
import { describedRule } from "./described-rule.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html */
export const describeRule = eventsAction(z.object({ Name: ruleName, EventBusName: busName }), (input, { buses }) => {
  const bus = buses.get(input.EventBusName);
  return describedRule(bus.rule(input.Name), bus);
});
