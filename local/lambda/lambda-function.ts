import { setTimeout as waitFor } from "node:timers/promises";
import { Slots } from "../slots.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";
import type { FunctionConfiguration } from "./function-configuration.ts";
import type { FunctionError, InvocationOutcome } from "./invocation-outcome.ts";

/** After code that does not load, the next try waits: 1 s, 2 s, 4 s … up to this. */
const LONGEST_START_PAUSE_MS = 30_000;

export interface FunctionProcess {
  readonly functionName: string;
  readonly pid: number;
  readonly busy: boolean;
}

/** A function and its processes: a warm one is used again, a new one is started when all are busy. */
export class LambdaFunction {
  readonly configuration: FunctionConfiguration;
  readonly #log: (line: string) => void;
  readonly #output: (line: string) => void;
  readonly #slots: Slots;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  #stopped = false;
  #failedStarts = 0;
  #reportedInitFailure = "";
  #mayStartAtMs = 0;

  /** `log` takes what the runner has to say about the function, `output` what the function itself writes. */
  constructor(configuration: FunctionConfiguration, log: (line: string) => void, output = log) {
    this.configuration = configuration;
    this.#log = log;
    this.#output = output;
    this.#slots = new Slots(configuration.reservedConcurrency ?? Number.POSITIVE_INFINITY);
  }

  /** Runs the handler once, waiting for a free slot of the reserved concurrency. Never rejects. */
  async invoke(event: unknown): Promise<InvocationOutcome> {
    await this.#slots.acquire();
    try {
      return this.#stopped ? STOPPED : await this.#invokeIn(this.#warm() ?? this.#start(), event);
    } finally {
      this.#slots.release();
    }
  }

  /** Resolves at once while the code loads; after it failed to, when the next try is due. Rejects when aborted. */
  async untilStartable(signal: AbortSignal): Promise<void> {
    const waitMs = this.#mayStartAtMs - performance.now();
    if (waitMs > 0) await waitFor(waitMs, undefined, { signal });
  }

  processes(): readonly FunctionProcess[] {
    const { functionName } = this.configuration;
    const alive = [...this.#environments].filter((environment) => environment.alive);
    return alive.map((environment) => ({
      functionName,
      pid: environment.pid,
      busy: !this.#idle.includes(environment),
    }));
  }

  /** Lets the clocks of all processes follow `clockOffsetMs`; those that start later do so by themselves. */
  async moveClocks(): Promise<void> {
    await Promise.all([...this.#environments].map(async (environment) => environment.moveClock()));
  }

  /** Ends every process at once; invocations under way fail. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#environments].map(async (environment) => environment.stop()));
  }

  log(line: string): void {
    this.#log(line);
  }

  /** A process that died while it was idle is passed over. */
  #warm(): ExecutionEnvironment | undefined {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.alive) return idle;
      this.#discard(idle);
    }
    return undefined;
  }

  #start(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment(this.configuration, this.#output);
    this.#environments.add(environment);
    return environment;
  }

  async #invokeIn(environment: ExecutionEnvironment, event: unknown): Promise<InvocationOutcome> {
    const outcome = await environment.invoke(event);
    if (environment.alive && outcome.kind !== "init-failed") this.#idle.push(environment);
    else this.#discard(environment);
    if (!this.#stopped) this.#report(outcome);
    return outcome;
  }

  #discard(environment: ExecutionEnvironment): void {
    void environment.stop().then(() => this.#environments.delete(environment));
  }

  #report(outcome: InvocationOutcome): void {
    if (outcome.kind === "init-failed") {
      this.#startFailed(outcome.error);
      return;
    }
    this.#failedStarts = 0;
    this.#reportedInitFailure = "";
    if (outcome.kind === "failed") this.#log(describe(outcome.error));
  }

  #startFailed(error: FunctionError): void {
    const pauseMs = Math.min(1000 * 2 ** this.#failedStarts, LONGEST_START_PAUSE_MS);
    this.#failedStarts += 1;
    this.#mayStartAtMs = performance.now() + pauseMs;
    const description = describe(error);
    if (description === this.#reportedInitFailure) return;
    this.#reportedInitFailure = description;
    this.#log(`The function cannot be started; its messages stay in their queue. ${description}`);
  }
}

const describe = ({ errorType, errorMessage, stack }: FunctionError): string =>
  stack ?? `${errorType}: ${errorMessage}`;

const STOPPED: InvocationOutcome = {
  kind: "failed",
  error: { errorType: "Runtime.ExitError", errorMessage: "The local system has been stopped" },
};
