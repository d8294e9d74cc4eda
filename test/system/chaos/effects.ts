import type { LocalSystem } from "#local/start-local-system.ts";
import { clientToken } from "#shared/client-token.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import type { Asked } from "./send-by-every-way.ts";

type Contact = ReturnType<LocalSystem["connect"]["contacts"]>[number];

/** A call that a request takes, and what came of it: in Connect, and as the ledger tells it. */
export interface Effect {
  readonly contacts: readonly Contact[];
  readonly item: Readonly<Record<string, unknown>> | undefined;
}

/** The steps of a request, by their names in ledger and token. */
const stepsOf = ({ operation }: Asked): readonly string[] =>
  operation === "OutboundEmail"
    ? ["OutboundEmail/CreateContact", "OutboundEmail/StartOutboundEmailContact"]
    : [operation];

/** What has come of each request: an effect for each of its steps, in their order. */
export async function readEffects(system: LocalSystem): Promise<(request: Asked) => readonly Effect[]> {
  const items = await system.tableItems("contact-requests-state");
  const itemOf = new Map(items.map((item) => [item["key"], item]));
  const contactsOf = Map.groupBy(system.connect.contacts(), ({ clientToken: token }) => token ?? "none");
  return (request) =>
    stepsOf(request).map((operation) => {
      const { requestId } = request;
      const token = clientToken({ instanceId: AN_INSTANCE.id, operation, requestId });
      return {
        contacts: contactsOf.get(token) ?? [],
        item: itemOf.get(`request#${operation}#${AN_INSTANCE.id}#${requestId}`),
      };
    });
}
