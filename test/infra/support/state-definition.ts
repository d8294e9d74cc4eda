import * as z from "zod";
import type { Deployment } from "./deployment.ts";
import { printed } from "./printed.ts";

const object = z.record(z.string(), z.unknown());

const task = z.looseObject({
  Resource: z.string(),
  Arguments: object,
  Output: z.string(),
  Retry: z.array(z.looseObject({ ErrorEquals: z.array(z.string()), MaxAttempts: z.number() })),
});

const definitionSchema = z.object({
  QueryLanguage: z.string(),
  States: z.object({
    FeedRanges: z.looseObject({
      Type: z.literal("Map"),
      Label: z.string(),
      ItemReader: z.object({ Resource: z.string(), ReaderConfig: object, Arguments: object }),
      ItemSelector: object,
      ItemProcessor: z.object({
        ProcessorConfig: object,
        States: z.object({
          FeedRange: task,
        }),
      }),
      ResultWriter: z.object({ Resource: z.string(), Arguments: object }),
      Next: z.literal("EndRun"),
    }),
    EndRun: task.extend({ End: z.literal(true) }),
  }),
});

/** The definition of the state machine, its references as `<Resource.Arn>`, the map, the task in it, and the one behind it. */
export function stateDefinition(deployment: Deployment) {
  const json: object = JSON.parse(printed(deployment.stateMachine.Properties["DefinitionString"]));
  const { States } = definitionSchema.parse(json);
  const { FeedRanges: map, EndRun: end } = States;
  return { json, map, task: map.ItemProcessor.States.FeedRange, end };
}
