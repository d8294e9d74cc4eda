import * as z from "zod";
import { busName, eventsAction, ruleName } from "../events-action.ts";
import { EventsError } from "../events-error.ts";

const shape = z.object({
  Name: ruleName,
  EventBusName: busName,
  EventPattern: z.string().max(4096).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]).default("ENABLED"),
  Description: z.string().max(512).optional(),
  RoleArn: z.string().optional(),
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const putRule = eventsAction(shape, (input, { buses }) => {
  const { Name, EventPattern, ScheduleExpression, State, Description, RoleArn } = input;
  if (ScheduleExpression !== undefined) {
    throw new EventsError(
      "ValidationException",
      `The rule ${Name} has a ScheduleExpression, and the local event bus runs no schedules: put an event instead.`,
    );
  }
  if (EventPattern === undefined) {
    throw new EventsError("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  const rule = buses.get(input.EventBusName).putRule({
    Name,
    EventPattern,
    State: State === "DISABLED" ? "DISABLED" : "ENABLED",
    Description,
    RoleArn,
  });
  return { RuleArn: rule.arn };
});
