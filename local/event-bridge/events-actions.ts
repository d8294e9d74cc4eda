import { createEventBus } from "./actions/create-event-bus.ts";
import { deleteEventBus } from "./actions/delete-event-bus.ts";
import { deleteRule } from "./actions/delete-rule.ts";
import { describeEventBus } from "./actions/describe-event-bus.ts";
import { describeRule } from "./actions/describe-rule.ts";
import { listEventBuses } from "./actions/list-event-buses.ts";
import { listRules } from "./actions/list-rules.ts";
import { listTargetsByRule } from "./actions/list-targets-by-rule.ts";
import { putEvents } from "./actions/put-events.ts";
import { putRule } from "./actions/put-rule.ts";
import { putTargets } from "./actions/put-targets.ts";
import { removeTargets } from "./actions/remove-targets.ts";
import { testEventPattern } from "./actions/test-event-pattern.ts";
import type { EventsAction } from "./events-action.ts";

/** The operations that are served, by the API's name of each. */
export const EVENTS_ACTIONS: ReadonlyMap<string, EventsAction> = new Map([
  ["CreateEventBus", createEventBus],
  ["DeleteEventBus", deleteEventBus],
  ["DeleteRule", deleteRule],
  ["DescribeEventBus", describeEventBus],
  ["DescribeRule", describeRule],
  ["ListEventBuses", listEventBuses],
  ["ListRules", listRules],
  ["ListTargetsByRule", listTargetsByRule],
  ["PutEvents", putEvents],
  ["PutRule", putRule],
  ["PutTargets", putTargets],
  ["RemoveTargets", removeTargets],
  ["TestEventPattern", testEventPattern],
]);
