import { type Command, InvalidArgumentError, Option } from "commander";
import { PATIENCE } from "#producer/patience.ts";
import type { EntryAnswer } from "#producer/send-batch.ts";
import { type Assignment, SendRun } from "#producer/send-run.ts";
import { sendableText } from "#producer/sendable-text.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { checkLine } from "./check-line.ts";
import { CommandError } from "./command-error.ts";
import { DEFAULT_PREFIX } from "./default-prefix.ts";
import { EXIT_STATUS, type ExitStatus } from "./exit-status.ts";
import { type InputFile, openInputs } from "./input-file.ts";
import type { LineOutcome, LinePlace } from "./line-outcome.ts";
import { LineReport } from "./line-report.ts";
import { printLine } from "./print-line.ts";
import { requestLines } from "./request-lines.ts";
import { RequestNotes } from "./request-notes.ts";
import { counted } from "./run/counted.ts";
import { type DeploymentOptions, openDeployment } from "./sending/open-deployment.ts";
import { tell } from "./tell.ts";
import { whyNoAddress } from "./why-no-address.ts";

interface SendOptions extends DeploymentOptions {
  readonly json?: true;
}

/** `send FILE…`: checks requests, and sends the good ones to the queues of their operations. */
export function addSend(program: Command): void {
  program
    .command("send")
    .description("check contact requests and send the good ones to the queues of their operations")
    .argument("<FILE...>", "JSONL files: one request a line; - is standard input")
    .option("--prefix <PREFIX>", "which deployment: what the names of its queues begin with", DEFAULT_PREFIX)
    .addOption(
      new Option("--lane <LANE>", "live, or backfill for many that may wait behind the live ones")
        .choices(["live", "backfill"])
        .default("live"),
    )
    .option("--endpoint-url <URL>", "an address that stands in for AWS, such as http://127.0.0.1:4566", anAddress)
    .option("--region <REGION>", "the AWS Region (default: as the AWS SDK finds it)")
    .option("--profile <PROFILE>", "the AWS profile (default: as the AWS SDK finds it)")
    .addOption(
      new Option("--payload-bucket <NAME>", "the deployment's bucket for requests that are too large for SQS").env(
        "CONTACT_REQUESTS_PAYLOAD_BUCKET",
      ),
    )
    .option("--json", "one line of JSON for each line of input, in the order in which they were sent")
    .action(async (paths: readonly string[], options: SendOptions) => {
      process.exitCode = await send(paths, options);
    });
}

function anAddress(text: string): string {
  const wrong = whyNoAddress(text);
  if (wrong !== undefined) throw new InvalidArgumentError(`An address is needed: ${wrong}.`);
  return text;
}

async function send(paths: readonly string[], options: SendOptions): Promise<ExitStatus> {
  const inputs = await openInputs(paths);
  const report = new LineReport({ ...options, fileCount: inputs.length });
  const notes = new RequestNotes(Date.now());
  const { queues, payloads } = await openDeployment(options);
  const queueOf = queues.of.bind(queues);
  const run = new SendRun<LinePlace>({ queueOf, patience: PATIENCE, ...(payloads !== undefined && { payloads }) });
  try {
    const requests = goodRequests(inputs, { report, notes });
    for await (const { tag, answer } of run.outcomes(requests)) await report.add({ ...tag, ...told(answer) });
  } catch (error) {
    tellOfSent(report);
    throw error;
  }
  await sumUp(report, { ...options, notes });
  if (queues.refusal !== undefined) return withoutAccess(queues.refusal, report);
  return notSent(report) + report.counts.refused === 0 ? EXIT_STATUS.done : EXIT_STATUS.refused;
}

const notSent = ({ counts }: LineReport): number => counts["not-sent"] + counts["no-access"];

function withoutAccess({ message, exitStatus }: CommandError, report: LineReport): ExitStatus {
  tell(message);
  tellOfSent(report);
  return exitStatus;
}

function tellOfSent({ counts: { sent } }: LineReport): void {
  if (sent > 0) tell(`${counted(sent, "request")} ${sent === 1 ? "was" : "were"} sent before this. ${SAFE_TO_REPEAT}`);
}

const SAFE_TO_REPEAT = "Send the whole input again when it is mended: the same request twice makes one contact.";

interface Findings {
  readonly report: LineReport;
  readonly notes: RequestNotes;
}

/** The requests of all inputs that may be sent. What is refused is reported on the way. */
async function* goodRequests(
  inputs: readonly InputFile[],
  { report, notes }: Findings,
): AsyncGenerator<Assignment<LinePlace>, void> {
  for (const { name: file, chunks } of inputs) {
    for await (const line of requestLines(chunks)) {
      const checked = checkLine(line);
      if (!checked.ok) {
        await report.add({ ...checked, file, kind: "refused" });
        continue;
      }
      const { request, text } = checked;
      const tag = { file, line: checked.line, requestId: request.requestId };
      notes.add(request, tag);
      yield { tag, operation: request.operation, message: messageOf(request, text) };
    }
  }
}

const messageOf = ({ source }: ContactRequest, text: string) => ({
  body: sendableText(text),
  ...(source !== undefined && { groupId: source }),
});

type Told = { [Kind in LineOutcome["kind"]]: Omit<Extract<LineOutcome, { kind: Kind }>, keyof LinePlace> };

function told(answer: EntryAnswer): Told["sent" | "not-sent" | "no-access"] {
  if (answer.kind === "sent") return answer;
  return { kind: answer.error instanceof CommandError ? "no-access" : "not-sent", reason: answer.reason };
}

async function sumUp(
  report: LineReport,
  { json, notes }: Pick<SendOptions, "json"> & Pick<Findings, "notes">,
): Promise<void> {
  await report.end();
  for (const sentence of notes.sentences()) tell(sentence);
  const { sent, refused } = report.counts;
  if (sent + refused + notSent(report) === 0) tell("Note: no request was sent.");
  if (json === true) return;
  await printLine(`${sent} sent, ${refused} refused, ${notSent(report)} not sent`);
}
