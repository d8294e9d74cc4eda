import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import * as z from "zod";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { DEFAULT_PREFIX } from "../../default-prefix.ts";
import type { LocalClients } from "./local-clients.ts";
import { sampleFile } from "./sample-file.ts";
import type { SentByWay } from "./way-in.ts";

const sampleEvent = z.object({
  Source: z.string(),
  DetailType: z.enum(OPERATIONS),
  Detail: z.looseObject({ requestId: z.string() }),
});

/** Puts the sample event on the deployment's bus. */
export async function sendEvent({ eventBridge }: LocalClients): Promise<SentByWay> {
  const { Source, DetailType, Detail } = sampleEvent.parse(JSON.parse(await sampleFile("event.json")));
  const entry = { EventBusName: DEFAULT_PREFIX, Source, DetailType, Detail: JSON.stringify(Detail) };
  const { Entries = [] } = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  const [answer] = Entries;
  if (answer?.EventId === undefined) throw new Error(`The bus did not take the sample event: ${answer?.ErrorMessage}`);
  return { way: "event", operation: DetailType, requestId: Detail.requestId };
}
