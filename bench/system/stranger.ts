import { ConnectClient, CreateContactCommand } from "@aws-sdk/client-connect";
import { credentialsOf, STRANGER } from "./callers.ts";
import type { Deployment } from "./deployment.ts";

const INSTANCE_ID = "00000000-0000-4000-8000-000000000000";

/**
 * Another program of the account: it calls Connect at random moments, as its own customers come, and what is refused it lets
 * go. Its contacts are named `stranger/1` …
 */
export class Stranger {
  readonly #client: ConnectClient;
  readonly #moments: readonly number[];
  #timer: NodeJS.Timeout | undefined;
  #startedAtMs = 0;
  #calls = 0;

  /** Calls at these moments, milliseconds from its start. */
  constructor({ system }: Deployment, moments: readonly number[]) {
    const credentials = credentialsOf(STRANGER);
    this.#client = new ConnectClient({ endpoint: system.endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
    this.#moments = moments;
  }

  start(): void {
    this.#startedAtMs = performance.now();
    this.#awaitNext();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#client.destroy();
  }

  /** Each call has its moment, counted from the start: a late timer does not slow the pace. */
  #awaitNext(): void {
    const moment = this.#moments[this.#calls];
    if (moment === undefined) return;
    this.#timer = setTimeout(() => this.#call(), Math.max(0, this.#startedAtMs + moment - performance.now()));
  }

  #call(): void {
    this.#calls += 1;
    const Name = `${STRANGER}/${this.#calls}`;
    const command = new CreateContactCommand({
      InstanceId: INSTANCE_ID,
      Channel: "TASK",
      InitiationMethod: "API",
      Name,
    });
    // The request log knows what became of it.
    this.#client.send(command).catch(() => undefined);
    this.#awaitNext();
  }
}
