import * as z from "zod";
import type { StackIdentity } from "../template/stack-identity.ts";
import type { EventBridgeFaults } from "./event-bridge-faults.ts";
import type { EventBuses } from "./event-buses.ts";
import type { EventEnvelope } from "./event-envelope.ts";
import { EventsError } from "./events-error.ts";

/** What actions work on. */
export interface EventsPlace {
  readonly identity: Omit<StackIdentity, "stackName">;
  readonly buses: EventBuses;
  readonly faults: EventBridgeFaults;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newEventId: () => string;
  /** Hands an accepted event to the rules of a bus, named or by ARN. */
  readonly accept: (busNameOrArn: string, event: EventEnvelope) => void;
}

/** One operation of the API: the members of its request in, those of its answer out. Throws an EventsError. */
export type EventsAction = (input: unknown, place: EventsPlace) => Readonly<Record<string, unknown>>;

/** An action whose input has a shape. Members that are not known are let pass, as AWS does. */
export function eventsAction<Input extends z.ZodType>(
  shape: Input,
  act: (input: z.output<Input>, place: EventsPlace) => Readonly<Record<string, unknown>>,
): EventsAction {
  return (input, place) => {
    const parsed = shape.safeParse(input);
    if (parsed.success) return act(parsed.data, place);
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the request"}: ${message}`);
    throw new EventsError("ValidationException", `${issues.length} validation error(s) detected: ${issues.join("; ")}`);
  };
}

/** Of a bus, or of a rule on the default bus when left out. */
export const busName = z.string().min(1).max(1600).default("default");

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const ruleName = z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/);
