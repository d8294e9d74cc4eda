// The first file that runs in the process of a function: it loads the handler as Lambda's Node.js runtime does, and then
// runs it once for each command. It shares the process with the function's code, so it imports nothing but Node's own
// modules, and measures time with a clock that the code (or a preloaded one) does not move.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionError } from "./invocation-outcome.ts";
import type { InvokeCommand } from "./invoke-command.ts";
import type { ProcessMessage } from "./process-message.ts";

type Handler = (event: unknown, context: unknown) => unknown;

const now = performance.now.bind(performance);
const environment = { ...process.env };

// The runner is gone, however it went: nobody is left to answer to.
process.once("disconnect", () => process.exit(0));

async function start(): Promise<void> {
  try {
    const handler = await loadHandler(environment["LAMBDA_TASK_ROOT"] ?? "", environment["_HANDLER"] ?? "");
    process.on("message", (message) => {
      if (isInvokeCommand(message)) void run(handler, message);
    });
    tell({ kind: "ready" });
  } catch (error) {
    process.send?.({ kind: "init-failed", error: asFunctionError(error) } satisfies ProcessMessage, () =>
      process.exit(1),
    );
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  const dot = name.lastIndexOf(".");
  const base = join(taskRoot, name.slice(0, dot));
  const file = [".js", ".mjs", ".cjs"].map((extension) => base + extension).find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw runtimeError("Runtime.ImportModuleError", `Cannot find module '${name.slice(0, dot)}' in ${taskRoot}`);

  const module: unknown = await import(pathToFileURL(file).href);
  const exported = member(module, name.slice(dot + 1)) ?? member(member(module, "default"), name.slice(dot + 1));
  if (!isHandler(exported))
    throw runtimeError("Runtime.HandlerNotFound", `${name} is undefined or not exported as a function`);
  if (exported.length > 2) {
    throw runtimeError(
      "Runtime.CallbackHandlerDeprecated",
      `${name} takes a callback: nodejs24.x runs async handlers only`,
    );
  }
  return exported;
}

async function run(handler: Handler, command: InvokeCommand): Promise<void> {
  const { requestId, event, traceId } = command;
  process.env["_X_AMZN_TRACE_ID"] = traceId;
  try {
    const response = await handler(event, contextOf(command));
    tell({ kind: "succeeded", requestId, payload: JSON.stringify(response) ?? "null" });
  } catch (error) {
    tell({ kind: "failed", requestId, error: asFunctionError(error) });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId, functionArn, timeoutMs }: InvokeCommand): unknown {
  const deadline = now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: environment["AWS_LAMBDA_FUNCTION_VERSION"],
    invokedFunctionArn: functionArn,
    memoryLimitInMB: environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    awsRequestId: requestId,
    logGroupName: environment["AWS_LAMBDA_LOG_GROUP_NAME"],
    logStreamName: environment["AWS_LAMBDA_LOG_STREAM_NAME"],
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - now())),
  };
}

function tell(message: ProcessMessage): void {
  process.send?.(message);
}

function asFunctionError(error: unknown): FunctionError {
  if (error instanceof Error) return { errorType: error.name, errorMessage: error.message, stack: error.stack };
  return { errorType: typeof error, errorMessage: String(error) };
}

const runtimeError = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const isHandler = (value: unknown): value is Handler => typeof value === "function";

const member = (value: unknown, name: string): unknown =>
  (typeof value === "object" && value !== null) || typeof value === "function" ? Reflect.get(value, name) : undefined;

/** The runner writes nothing else into this channel; a message of the code's own must not be taken for a command. */
const isInvokeCommand = (message: unknown): message is InvokeCommand => member(message, "kind") === "invoke";

await start();
