import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { environmentVariables } from "./environment-variables.ts";
import type { FunctionConfiguration } from "./function-configuration.ts";
import type { InvocationOutcome } from "./invocation-outcome.ts";
import type { InvokeCommand } from "./invoke-command.ts";
import type { MoveClockCommand } from "./move-clock-command.ts";
import { type ProcessMessage, processMessage } from "./process-message.ts";

const BOOTSTRAP = fileURLToPath(new URL("./bootstrap.ts", import.meta.url));
const MOVABLE_CLOCK = new URL("./movable-clock.ts", import.meta.url);

/** Lambda gives the init phase 10 seconds. */
const INIT_LIMIT_MS = 10_000;

/** How long the last lines of a process that is gone may take to arrive. */
const OUTPUT_GRACE_MS = 300;

/** One process of a function. It runs one invocation at a time, and is not used again after it failed to start or died. */
export class ExecutionEnvironment {
  readonly pid: number;
  readonly #configuration: FunctionConfiguration;
  readonly #child: ChildProcess;
  readonly #closed = Promise.withResolvers<void>();
  readonly #initialized = Promise.withResolvers<InvocationOutcome | "ready">();
  /** Who waits for the process to say that its clock has moved, in the order in which it was told. */
  readonly #clockMoves: (() => void)[] = [];
  #invocation: { requestId: string; settle: (outcome: InvocationOutcome) => void } | undefined;
  #alive = true;

  /** Starts the process. `onLine` is given each line that it writes to its standard output and standard error. */
  constructor(configuration: FunctionConfiguration, onLine: (line: string) => void) {
    this.#configuration = configuration;
    this.#child = spawn(process.execPath, [...nodeArguments(configuration), BOOTSTRAP], {
      cwd: configuration.taskRoot,
      // A process group of its own: Ctrl-C in a terminal reaches the runner alone, which then ends its functions in order.
      detached: true,
      env: environmentVariables(configuration),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.pid = this.#child.pid ?? 0;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", onLine);
    }
    const initTimer = setTimeout(() => this.#initTimedOut(), INIT_LIMIT_MS);
    this.#child.on("message", (message) => this.#heard(message));
    this.#child.on("error", (error) => this.#notStarted(error, onLine));
    this.#child.on("exit", () => this.#exited());
    // Not "exit": what the process said before it died may still be in the channel then.
    this.#child.on("close", (code, signal) => this.#ended(code, signal));
    void this.#initialized.promise.finally(() => clearTimeout(initTimer));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Runs the handler once, after the code is loaded. Never rejects; only one call at a time. */
  async invoke(event: unknown): Promise<InvocationOutcome> {
    const initialized = await this.#initialized.promise;
    if (initialized !== "ready") return initialized;

    const { functionArn, timeoutMs } = this.#configuration;
    const requestId = randomUUID();
    const { promise, resolve } = Promise.withResolvers<InvocationOutcome>();
    this.#invocation = { requestId, settle: resolve };
    const timer = setTimeout(() => this.#timedOut(requestId), timeoutMs);
    const command: InvokeCommand = { kind: "invoke", requestId, functionArn, timeoutMs, traceId: newTraceId(), event };
    // A channel that is closed already shows in "close".
    this.#child.send(command, () => undefined);
    if (!this.#alive) this.#settle(requestId, died("the process was gone"));
    return promise.finally(() => clearTimeout(timer));
  }

  /** Moves the clock of the process to where the function's clocks are. Resolves when it has moved, or the process is gone. */
  async moveClock(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#clockMoves.push(resolve);
    const command: MoveClockCommand = { kind: "move-clock", offsetMs: this.#configuration.clockOffsetMs() };
    this.#child.send(command, () => undefined);
    await Promise.race([promise, this.#closed.promise]);
  }

  kill(): void {
    this.#alive = false;
    // Once it has ended, its id may belong to somebody else.
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#killGroup();
  }

  /** Kills the process; resolves when it is gone and its output has been read. */
  async stop(): Promise<void> {
    this.kill();
    await this.#closed.promise;
  }

  #heard(said: unknown): void {
    const message = processMessage.safeParse(said).data;
    // The code of the function can reach the channel too; what it writes there is not for us.
    if (message === undefined) return;
    if (message.kind === "ready") this.#initialized.resolve("ready");
    else if (message.kind === "init-failed") this.#initialized.resolve(message);
    else if (message.kind === "clock-moved") this.#clockMoves.shift()?.();
    else this.#settle(message.requestId, outcomeOf(message));
  }

  #initTimedOut(): void {
    const error = {
      errorType: "Sandbox.Timedout",
      errorMessage: `Init timed out after ${seconds(INIT_LIMIT_MS)} seconds`,
    };
    this.#initialized.resolve({ kind: "init-failed", error });
    this.kill();
  }

  #timedOut(requestId: string): void {
    const errorMessage = `Task timed out after ${seconds(this.#configuration.timeoutMs)} seconds`;
    this.#settle(requestId, { kind: "failed", error: { errorType: "Sandbox.Timedout", errorMessage } });
    this.kill();
  }

  #notStarted(error: Error, onLine: (line: string) => void): void {
    onLine(`The process of the function cannot be started: ${error.message}`);
    // Without a process there may be no "close".
    if (this.#child.pid === undefined) this.#ended(null, null);
  }

  /** With what the code has started, as a sandbox of Lambda would end. */
  #killGroup(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
  }

  #exited(): void {
    this.#alive = false;
    this.#killGroup();
    // What left the group could hold the output open for ever, and "close" would never come.
    const grace = setTimeout(() => {
      this.#child.stdout?.destroy();
      this.#child.stderr?.destroy();
    }, OUTPUT_GRACE_MS);
    this.#child.once("close", () => clearTimeout(grace));
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.#alive = false;
    const outcome = died(signal === null ? `exit status ${code ?? "unknown"}` : `signal: ${signal}`);
    this.#initialized.resolve({ ...outcome, kind: "init-failed" });
    if (this.#invocation !== undefined) this.#settle(this.#invocation.requestId, outcome);
    this.#closed.resolve();
  }

  #settle(requestId: string, outcome: InvocationOutcome): void {
    if (this.#invocation?.requestId !== requestId) return;
    this.#invocation.settle(outcome);
    this.#invocation = undefined;
  }
}

/** How the process says that an invocation ended. */
type EndOfInvocation = Extract<ProcessMessage, { requestId: string }>;

const outcomeOf = (message: EndOfInvocation): InvocationOutcome =>
  message.kind === "failed"
    ? { kind: "failed", error: message.error }
    : { kind: "succeeded", response: JSON.parse(message.payload) };

/** The heap gets nine tenths of the function's memory; the rest is for buffers and Node itself. */
const nodeArguments = ({ memoryMb, clockOffsetMs }: FunctionConfiguration): string[] => [
  "--disable-warning=ExperimentalWarning",
  `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
  `--import=${MOVABLE_CLOCK.href}?offsetMs=${clockOffsetMs()}`,
];

const died = (how: string) =>
  ({
    kind: "failed",
    error: { errorType: "Runtime.ExitError", errorMessage: `Runtime exited with error: ${how}` },
  }) as const;

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

const newTraceId = (): string =>
  `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")};Parent=${randomBytes(8).toString("hex")};Sampled=0`;
