import * as z from "zod";
import { eventsAction } from "../events-action.ts";

/** A bus that is not there is deleted already. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html */
export const deleteEventBus = eventsAction(z.object({ Name: z.string() }), ({ Name }, { buses }) => {
  buses.delete(Name);
  return {};
});
