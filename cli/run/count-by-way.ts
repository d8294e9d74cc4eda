import type { ToldOutcome } from "./told-outcomes.ts";
import type { SentByWay, WayIn } from "./ways/way-in.ts";

/** What became of the requests that came in by one way. */
export interface WayCounts {
  readonly way: WayIn;
  readonly requests: number;
  readonly contacts: number;
  readonly deadLetters: number;
}

/** Counts, for each way that was used, by what was told of exactly those requests. */
export const countByWay = (sent: readonly SentByWay[], outcomes: readonly ToldOutcome[]): readonly WayCounts[] =>
  [...Map.groupBy(sent, ({ way }) => way)].map(([way, requests]) => {
    const told = requests.flatMap(
      ({ operation, requestId }) =>
        outcomes.findLast((outcome) => outcome.operation === operation && outcome.requestId === requestId) ?? [],
    );
    const contacts = told.filter(({ contactId }) => contactId !== null).length;
    return { way, requests: requests.length, contacts, deadLetters: told.length - contacts };
  });
