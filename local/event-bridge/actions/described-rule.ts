import type { EventBus } from "../event-bus.ts";
import type { Rule } from "../rule.ts";

/** A rule as ListRules and DescribeRule show it. */
export const describedRule = (rule: Rule, bus: EventBus): Record<string, unknown> => ({
  ...rule.description,
  Arn: rule.arn,
  EventBusName: bus.name,
});
