import * as z from "zod";
import { eventsAction } from "../events-action.ts";

const shape = z.object({ Name: z.string().regex(/^[.\-_A-Za-z0-9]{1,256}$/) });

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
export const createEventBus = eventsAction(shape, ({ Name }, { buses }) => ({ EventBusArn: buses.create(Name).arn }));
