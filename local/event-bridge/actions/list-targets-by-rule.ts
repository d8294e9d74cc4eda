import * as z from "zod";
import { busName, eventsAction, ruleName } from "../events-action.ts";

/** All at once, never a page. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
export const listTargetsByRule = eventsAction(
  z.object({ Rule: ruleName, EventBusName: busName }),
  ({ Rule, EventBusName }, { buses }) => ({
    Targets: buses
      .get(EventBusName)
      .rule(Rule)
      .targets()
      .map(({ description }) => description),
  }),
);
