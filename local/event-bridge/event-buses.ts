import { EventBus } from "./event-bus.ts";
import { EventsError } from "./events-error.ts";

/** Every event bus of the account, among them the default one. */
export class EventBuses {
  readonly #buses = new Map<string, EventBus>();
  readonly #arnPrefix: string;

  constructor({ region, accountId }: { readonly region: string; readonly accountId: string }) {
    this.#arnPrefix = `arn:aws:events:${region}:${accountId}:event-bus/`;
    this.create("default");
  }

  list(): readonly EventBus[] {
    return [...this.#buses.values()];
  }

  /** Throws a ResourceAlreadyExistsException. */
  create(name: string): EventBus {
    if (this.#buses.has(name)) {
      throw new EventsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`);
    }
    const bus = new EventBus({ name, arn: `${this.#arnPrefix}${name}` });
    this.#buses.set(name, bus);
    return bus;
  }

  delete(name: string): void {
    if (name === "default") throw new EventsError("ValidationException", "Cannot delete event bus default.");
    if ((this.#buses.get(name)?.rules().length ?? 0) > 0) {
      throw new EventsError("ValidationException", `Event bus ${name} can't be deleted since it has rules.`);
    }
    this.#buses.delete(name);
  }

  /** By name or by ARN; undefined for one that is not of this account and Region. */
  find(nameOrArn: string): EventBus | undefined {
    const name = nameOrArn.startsWith(this.#arnPrefix) ? nameOrArn.slice(this.#arnPrefix.length) : nameOrArn;
    return this.#buses.get(name);
  }

  /** By name or by ARN. Throws a ResourceNotFoundException. */
  get(nameOrArn: string): EventBus {
    const bus = this.find(nameOrArn);
    if (bus !== undefined) return bus;
    throw new EventsError("ResourceNotFoundException", `Event bus ${nameOrArn} does not exist.`);
  }
}
