import * as z from "zod";
import { isJsonObject, type JsonObject } from "../../connect-emulator/json-object.ts";
import { eventsAction } from "../events-action.ts";
import { EventsError } from "../events-error.ts";
import { compilePattern } from "../pattern/event-pattern.ts";

const shape = z.object({ EventPattern: z.string(), Event: z.string() });

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
export const testEventPattern = eventsAction(shape, ({ EventPattern, Event }) => ({
  Result: compilePattern(jsonObjectIn("EventPattern", EventPattern))(jsonObjectIn("Event", Event)),
}));

function jsonObjectIn(parameter: "EventPattern" | "Event", text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Said below, as of everything else that is no object.
  }
  const code = parameter === "Event" ? "ValidationException" : "InvalidEventPatternException";
  throw new EventsError(code, `Parameter ${parameter} is not valid. Reason: it must be a JSON object.`);
}
