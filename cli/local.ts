import { once } from "node:events";
import { type Command, InvalidArgumentError } from "commander";
import type { LocalSystem } from "#local/start-local-system.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import { printLine } from "./print-line.ts";
import { runLocalSystem } from "./run-local-system.ts";
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
    .description("run the deployed system on this machine, with no AWS account, until SIGINT or SIGTERM")
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
    ...(settings !== undefined && { settingsFile: settings }),
    ...(verbose === true && { onFunctionLog: (name: string, line: string) => tell(`${name} ${line}`) }),
  };
  await runLocalSystem(options, async (system) => {
    await announce(system);
    await once(signal, "abort");
  });
}

async function announce({ endpoint, queueUrls }: LocalSystem): Promise<void> {
  await printLine(`ready ${endpoint}`);
  for (const url of Object.values(queueUrls)) await printLine(url);
  tell(example(endpoint, queueUrls));
}

const EXAMPLE_QUEUE = "CreateContact-live";

const EXAMPLE_REQUEST = JSON.stringify({
  requestId: "try/1",
  operation: "CreateContact",
  input: { Channel: "TASK", InitiationMethod: "API", Name: "Call back about order 4711" },
});

function example(endpoint: string, queueUrls: LocalSystem["queueUrls"]): string {
  const url = Object.values(queueUrls).find((each) => each.endsWith(EXAMPLE_QUEUE)) ?? "QUEUE_URL";
  return `
Send a request with the AWS CLI:
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  aws --endpoint-url ${endpoint} sqs send-message --queue-url ${url} --message-body '${EXAMPLE_REQUEST}'
See the contacts that were made:
  curl ${endpoint}/_local/contacts
End with Ctrl-C.`;
}
