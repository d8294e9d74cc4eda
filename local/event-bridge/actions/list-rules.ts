import * as z from "zod";
import { busName, eventsAction } from "../events-action.ts";
import { describedRule } from "./described-rule.ts";

const shape = z.object({ EventBusName: busName, NamePrefix: z.string().default("") });

/** All at once, never a page. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
export const listRules = eventsAction(shape, ({ EventBusName, NamePrefix }, { buses }) => {
  const bus = buses.get(EventBusName);
  const rules = bus.rules().filter(({ name }) => name.startsWith(NamePrefix));
  return { Rules: rules.map((rule) => describedRule(rule, bus)) };
});
