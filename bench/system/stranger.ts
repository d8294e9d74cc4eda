import { ConnectClient, CreateContactCommand } from "@aws-sdk/client-connect";
import { credentialsOf, STRANGER } from "./callers.ts";
import type { Deployment } from "./deployment.ts";

const INSTANCE_ID = "00000000-0000-4000-8000-000000000000";

/** Another program of the account: it calls Connect at a steady pace, and what is refused it lets go. Its contacts are named `stranger/1` … */
export class Stranger {
  readonly #client: ConnectClient;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #startedAtMs = 0;
  #calls = 0;

  constructor({ system }: Deployment, ratePerSecond: number) {
    const credentials = credentialsOf(STRANGER);
    this.#client = new ConnectClient({ endpoint: system.endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
    this.#intervalMs = 1000 / ratePerSecond;
  }

  start(): void {
    this.#startedAtMs = performance.now();
    this.#callAndGoOn();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#client.destroy();
  }

  /** Each call has its moment, counted from the start: a late timer does not slow the pace. */
  #callAndGoOn(): void {
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
    const nextAtMs = this.#startedAtMs + this.#calls * this.#intervalMs;
    this.#timer = setTimeout(() => this.#callAndGoOn(), Math.max(0, nextAtMs - performance.now()));
  }
}
