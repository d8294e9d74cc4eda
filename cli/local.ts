import { once } from "node:events";
import { type Command, InvalidArgumentError } from "commander";
import type { PutEvent } from "#local/event-bridge/event-bridge.ts";
import { OUTCOME_SOURCE } from "#shared/outcomes/outcome-entry.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import { printLine } from "./print-line.ts";
import { type LocalSystemInRegion, runLocalSystem } from "./run-local-system.ts";
import { tell } from "./tell.ts";
import { untilInterrupted } from "./until-interrupted.ts";

interface LocalOptions {
  readonly port: number;
  readonly settings?: string;
  readonly verbose?: true;
}

const DEFAULT_PORT = 4566;

/** `local`: runs the whole system on this machine until it is told to stop. */
export function addLocal(program: Command): void {
  program
    .command("local")
    .description("run the deployed system on this machine, with no AWS account, until Ctrl-C (SIGINT, SIGTERM, SIGHUP)")
    .option("--port <PORT>", "of http://127.0.0.1; 0 takes a free one", portNumber, DEFAULT_PORT)
    .option("--settings <FILE>", "a JSON file with the deployment's settings")
    .option("--verbose", "write what the functions log to standard error")
    .action(async (options: LocalOptions) => {
      await untilInterrupted(async (signal) => runUntil(signal, options));
      process.exitCode = EXIT_STATUS.done;
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}

async function runUntil(signal: AbortSignal, { port, settings, verbose }: LocalOptions): Promise<void> {
  const options = {
    port,
    signal,
    onNotice: tell,
    onUnmatchedEvent: tellUnlessOutcome,
    ...(settings !== undefined && { settingsFile: settings }),
    ...(verbose === true && { onFunctionLog: (name: string, line: string) => tell(`${name} ${line}`) }),
  };
  await runLocalSystem(options, async (system) => {
    await announce(system);
    await once(signal, "abort");
  });
}

/** Outcomes are told whether somebody wants to know them or not; every other event that nobody gets is a mistake. */
function tellUnlessOutcome({ bus, event: { id, source, "detail-type": detailType } }: PutEvent): void {
  if (source === OUTCOME_SOURCE) return;
  const what = `the detail-type ${JSON.stringify(detailType)} and the source ${JSON.stringify(source)}`;
  tell(`The event ${id} goes nowhere: no rule of the event bus ${bus} matches it, with ${what}. AWS tells nobody.`);
}

async function announce(system: LocalSystemInRegion): Promise<void> {
  await printLine(`ready ${system.endpoint}`);
  for (const url of Object.values(system.queueUrls)) await printLine(url);
  tell(example(system));
}

const EXAMPLE_QUEUE = "CreateContact-live";

const EXAMPLE_REQUEST = JSON.stringify({
  requestId: "billing/order-4711-callback",
  operation: "CreateContact",
  source: "billing",
  input: { Channel: "TASK", InitiationMethod: "API", Name: "Call back about order 4711" },
});

/** The README shows the same commands. */
function example({ endpoint, queueUrls, region }: LocalSystemInRegion): string {
  const url = Object.values(queueUrls).find((each) => each.endsWith(EXAMPLE_QUEUE)) ?? "QUEUE_URL";
  return `
Send a request with the AWS CLI, in another terminal:
  export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  aws --endpoint-url $AWS_ENDPOINT_URL sqs send-message \\
    --queue-url ${url} \\
    --message-group-id billing \\
    --message-body '${EXAMPLE_REQUEST}'
See the contacts that were made:
  curl -s ${endpoint}/_local/contacts
End with Ctrl-C.`;
}
