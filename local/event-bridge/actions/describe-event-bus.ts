import * as z from "zod";
import { busName, eventsAction } from "../events-action.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html */
export const describeEventBus = eventsAction(z.object({ Name: busName }), ({ Name }, { buses }) => {
  const { name, arn } = buses.get(Name);
  return { Name: name, Arn: arn };
});
