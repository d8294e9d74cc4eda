import type { RequestListener } from "node:http";
import { drawUuid, seededRandom } from "../connect-emulator/seeded-random.ts";
import type { SendToQueue } from "../queue-sender.ts";
import { answerEventsCall } from "./answer-events-call.ts";
import { type EventBridgeFaultSettings, EventBridgeFaults } from "./event-bridge-faults.ts";
import { EventBuses } from "./event-buses.ts";
import { EventDelivery } from "./event-delivery.ts";
import { type EventEnvelope, eventTime } from "./event-envelope.ts";
import type { EventsPlace } from "./events-action.ts";

export interface EventBridgeOptions {
  readonly region: string;
  readonly accountId: string;
  readonly send: SendToQueue;
  /** Decides event ids, faults and the times of retries. @default 1 */
  readonly seed?: number;
  /** Epoch milliseconds. @default the system's clock */
  readonly now?: () => number;
  /** What is lost, and why: nobody else is told. */
  readonly log?: (line: string) => void;
  /** An event that its bus has taken and none of its rules matches: it goes nowhere. */
  readonly onUnmatched?: (put: PutEvent) => void;
}

/** An event that a bus has taken. */
export interface PutEvent {
  /** Name of the bus. */
  readonly bus: string;
  readonly event: EventEnvelope;
}

export interface EventBridge {
  readonly buses: EventBuses;
  readonly handle: RequestListener;
  /** Every event that was put on a bus, in order, whether a rule matched it or not. */
  events(): readonly PutEvent[];
  /** Changes the faults that are named and keeps the rest. Throws an error that lists what there is. */
  setFaults(changes: Partial<EventBridgeFaultSettings>): void;
  /** Gives up deliveries that wait for another attempt. */
  stop(): void;
}

/** EventBridge in memory: buses, rules with patterns, and queues as targets. All that is random follows from the seed. */
export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const { region, accountId, send, seed = 1, now = Date.now, log = ignore, onUnmatched = ignore } = options;
  const buses = new EventBuses({ region, accountId });
  const faults = new EventBridgeFaults(seed);
  const delivery = new EventDelivery({ send, faults, log, now, random: seededRandom(seed, "retries of events") });
  const ids = seededRandom(seed, "ids of events");
  const events: PutEvent[] = [];

  const accept = (busNameOrArn: string, event: EventEnvelope): void => {
    const bus = buses.find(busNameOrArn);
    if (bus === undefined) {
      // AWS answers as if all were well: https://github.com/aws/aws-sdk/issues/186
      log(`The event ${event.id} is lost: there is no event bus ${busNameOrArn}. AWS does not say so either.`);
      return;
    }
    events.push({ bus: bus.name, event });
    const ingestionTime = eventTime(now());
    const matching = bus.rules().filter((each) => each.matches({ ...event }));
    if (matching.length === 0) onUnmatched({ bus: bus.name, event });
    for (const rule of matching) {
      for (const target of rule.targets()) delivery.begin({ event, rule, ingestionTime }, target);
    }
  };

  const place: EventsPlace = {
    identity: { region, accountId },
    buses,
    faults,
    now,
    newEventId: () => drawUuid(ids),
    accept,
  };
  return {
    buses,
    handle: (request, response) => {
      answerEventsCall(request, response, place).catch((cause: unknown) => {
        log(`A call of EventBridge has met a bug: ${String(cause)}`);
        response.destroy();
      });
    },
    events: () => [...events],
    setFaults: (changes) => faults.update(changes),
    stop: () => delivery.stop(),
  };
}

const ignore = (): void => undefined;
