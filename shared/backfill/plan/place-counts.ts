import { parseConnectInstanceArn, servedInstance } from "../../connect-instance.ts";
import type { ContactRequest } from "../../contract/contact-request.ts";
import { contactPlace } from "./contact-place.ts";
import type { CappedKind, PlanSettings } from "./plan-terms.ts";

/** The contacts of one kind in one instance. */
export interface PlaceGroup {
  readonly kind: CappedKind;
  /** For how many minutes each may keep its place at most → how many contacts. */
  readonly durations: ReadonlyMap<number, number>;
}

interface Counted {
  readonly kind: CappedKind;
  readonly durations: Map<number, number>;
}

/** A file may name another instance in every row where nobody knows which are served. Those beyond are not reckoned with. */
const MOST_GROUPS = 50;

/** Counts the places among the open contacts that requests will take. The caps are those of each instance. */
export class PlaceCounts {
  readonly #served: Parameters<typeof servedInstance>[0];
  readonly #groups = new Map<string, Counted>();

  constructor({ connectInstanceArns = [] }: Pick<PlanSettings, "connectInstanceArns">) {
    this.#served = connectInstanceArns.flatMap((arn) => parseConnectInstanceArn(arn) ?? []);
  }

  add(request: ContactRequest): void {
    const place = contactPlace(request);
    if (place === undefined) return;
    const durations = this.#groupOf(`${place.kind} ${this.#instanceOf(request)}`, place.kind)?.durations;
    durations?.set(place.minutes, (durations.get(place.minutes) ?? 0) + 1);
  }

  all(): readonly PlaceGroup[] {
    return [...this.#groups.values()];
  }

  #groupOf(id: string, kind: CappedKind): Counted | undefined {
    const known = this.#groups.get(id);
    if (known !== undefined || this.#groups.size >= MOST_GROUPS) return known;
    const group = { kind, durations: new Map<number, number>() };
    this.#groups.set(id, group);
    return group;
  }

  /** One name for an instance, however a request names it. */
  #instanceOf({ input: { InstanceId } }: ContactRequest): string {
    const served = servedInstance(this.#served, InstanceId);
    return served?.id ?? parseConnectInstanceArn(InstanceId ?? "")?.id ?? InstanceId ?? "";
  }
}
