import {
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  LambdaClient,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { readSdkError } from "#shared/aws/sdk-error.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { type Lane, queueName } from "#shared/contract/queue-name.ts";
import { CommandError } from "../../command-error.ts";
import { CALL_PATIENCE } from "../deployment/call-patience.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";

/** The states between which a lane is switched, as Lambda names them. */
export type LaneState = "Enabled" | "Disabled";

/** One lane of an operation. */
export interface LanePlace {
  readonly operation: Operation;
  readonly lane: Lane;
}

const LOOK_EVERY_MS = 500;

/** Lambda takes less than a minute as a rule. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Switches the receiving of a lane's messages on or off, and resolves when it is so; with whether that has changed anything.
 * Rejects with a CommandError where it cannot be done.
 */
export async function switchLane(place: LanePlace, to: LaneState, deployment: OpenDeployment): Promise<boolean> {
  const lambda = new LambdaClient({ ...deployment.access.client, ...CALL_PATIENCE });
  try {
    return await explained(`switch the ${place.lane} lane of ${place.operation}`, deployment.place, async () => {
      const found = await mappingOf(place, lambda, deployment);
      if (found.State === to) return false;
      await settle(found.UUID ?? "", to, lambda);
      return true;
    });
  } finally {
    lambda.destroy();
  }
}

async function mappingOf(
  { operation, lane }: LanePlace,
  lambda: LambdaClient,
  { published }: OpenDeployment,
): Promise<EventSourceMappingConfiguration> {
  const FunctionName = published.workerNames[operation];
  const queue = queueName(published.settings.prefix, operation, lane);
  for await (const page of paginateListEventSourceMappings({ client: lambda }, { FunctionName })) {
    const found = page.EventSourceMappings?.find(({ EventSourceArn }) => EventSourceArn?.split(":").at(-1) === queue);
    if (found !== undefined) return found;
  }
  throw new CommandError(
    `The function ${FunctionName} has no event source mapping for the queue ${queue}. Deploy the system again.`,
  );
}

/** A mapping that is on its way to another state takes no change: it is asked again when it has arrived. */
async function settle(UUID: string, to: LaneState, lambda: LambdaClient): Promise<void> {
  const untilMs = SYSTEM_CLOCK.now() + PATIENCE_MS;
  let isAsked = await ask(UUID, to, lambda);
  while (SYSTEM_CLOCK.now() < untilMs) {
    const { State } = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
    if (State === to) return;
    if (!isAsked || State === "Enabled" || State === "Disabled") isAsked = await ask(UUID, to, lambda);
    await SYSTEM_CLOCK.sleep(LOOK_EVERY_MS);
  }
  throw new CommandError(
    `Lambda has not made the event source mapping ${UUID} ${to} within ${PATIENCE_MS / 60_000} minutes. Look at it in the console of Lambda, and try again.`,
  );
}

async function ask(UUID: string, to: LaneState, lambda: LambdaClient): Promise<boolean> {
  try {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: to === "Enabled" }));
    return true;
  } catch (error) {
    if (readSdkError(error).name === "ResourceInUseException") return false;
    throw error;
  }
}
