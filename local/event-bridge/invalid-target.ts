import { EventsError } from "./events-error.ts";

/** A target that EventBridge would not take, or the local runner cannot serve. */
export const invalidTarget = (message: string): EventsError => new EventsError("ValidationException", message);
