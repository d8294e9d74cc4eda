import * as z from "zod";
import { eventsAction } from "../events-action.ts";

/** All at once, never a page. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html */
export const listEventBuses = eventsAction(
  z.object({ NamePrefix: z.string().default("") }),
  ({ NamePrefix }, { buses }) => ({
    EventBuses: buses
      .list()
      .filter(({ name }) => name.startsWith(NamePrefix))
      .map(({ name, arn }) => ({ Name: name, Arn: arn })),
  }),
);
