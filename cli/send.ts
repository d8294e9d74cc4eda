import { SQSClient } from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { checkLine } from "./check-line.ts";
import { DEFAULT_PREFIX } from "./default-prefix.ts";
import { EXIT_STATUS, type ExitStatus } from "./exit-status.ts";
import { type InputFile, openInputs } from "./input-file.ts";
import type { LinePlace } from "./line-outcome.ts";
import { LineReport } from "./line-report.ts";
import { printLine } from "./print-line.ts";
import { RepeatedRequests } from "./repeated-requests.ts";
import { requestLines } from "./request-lines.ts";
import type { OutgoingMessage } from "./sending/batch.ts";
import { OperationQueues } from "./sending/operation-queues.ts";
import type { Sending } from "./sending/send-batch.ts";
import { sendableText } from "./sending/sendable-text.ts";
import { tell } from "./tell.ts";

interface SendOptions {
  readonly prefix: string;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly json?: true;
}

/** `send FILE…`: checks requests, and sends the good ones to the live queues of their operations. */
export function addSend(program: Command): void {
  program
    .command("send")
    .description("check contact requests and send the good ones to the live queues of their operations")
    .argument("<FILE...>", "JSONL files: one request a line; - is standard input")
    .option("--prefix <PREFIX>", "which deployment: what the names of its queues begin with", DEFAULT_PREFIX)
    .option("--endpoint-url <URL>", "an address that stands in for AWS, such as http://127.0.0.1:4566")
    .option("--region <REGION>", "the AWS Region (default: as the AWS SDK finds it)")
    .option("--profile <PROFILE>", "the AWS profile (default: as the AWS SDK finds it)")
    .option("--json", "one line of JSON for each line of input, in the order in which they were sent")
    .action(async (paths: readonly string[], options: SendOptions) => {
      process.exitCode = await send(paths, options);
    });
}

interface LineMessage extends OutgoingMessage {
  readonly place: LinePlace;
}

async function send(paths: readonly string[], options: SendOptions): Promise<ExitStatus> {
  const inputs = await openInputs(paths);
  const report = new LineReport({ ...options, fileCount: inputs.length });
  const repeated = new RepeatedRequests();
  const queues = openQueues(options);
  try {
    for (const input of inputs) await sendInput(input, { queues, report, repeated });
    await addAll(await queues.flush(), report);
  } catch (error) {
    if (report.counts.sent > 0) tell(`${report.counts.sent} requests were sent before this. ${SAFE_TO_REPEAT}`);
    throw error;
  }
  await sumUp(report, { ...options, warning: repeated.warning() });
  return report.counts.refused + report.counts["not-sent"] === 0 ? EXIT_STATUS.done : EXIT_STATUS.refused;
}

const SAFE_TO_REPEAT = "Send the whole input again when it is mended: the same request twice makes one contact.";

function openQueues({ prefix, endpointUrl, region, profile }: SendOptions): OperationQueues<LineMessage> {
  const sqs = new SQSClient({
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  const endpoint = endpointUrl ?? process.env["AWS_ENDPOINT_URL_SQS"] ?? process.env["AWS_ENDPOINT_URL"];
  return new OperationQueues(sqs, { prefix, ...(endpoint !== undefined && { endpoint }) });
}

interface SendRun {
  readonly queues: OperationQueues<LineMessage>;
  readonly report: LineReport;
  readonly repeated: RepeatedRequests;
}

async function sendInput({ name: file, chunks }: InputFile, { queues, report, repeated }: SendRun): Promise<void> {
  for await (const line of requestLines(chunks)) {
    const checked = checkLine(line);
    if (!checked.ok) {
      await report.add({ ...checked, file, kind: "refused" });
      continue;
    }
    const { request, text } = checked;
    const place = { file, line: checked.line, requestId: request.requestId };
    repeated.add(request, place);
    await addAll(await queues.add(request.operation, messageOf(request, { text, place })), report);
  }
}

const messageOf = (
  { source }: ContactRequest,
  { text, place }: { readonly text: string; readonly place: LinePlace },
): LineMessage => ({ place, body: sendableText(text), ...(source !== undefined && { groupId: source }) });

async function addAll(sent: readonly Sending<LineMessage>[], report: LineReport): Promise<void> {
  for (const { message, answer } of sent) {
    await report.add(
      answer.kind === "sent"
        ? { ...message.place, kind: "sent", messageId: answer.messageId }
        : { ...message.place, kind: "not-sent", reason: answer.reason },
    );
  }
}

async function sumUp(
  { counts }: LineReport,
  { json, warning }: Pick<SendOptions, "json"> & { readonly warning: string | undefined },
): Promise<void> {
  if (warning !== undefined) tell(warning);
  if (counts.sent + counts.refused + counts["not-sent"] === 0) tell("Note: no request was sent.");
  if (json === true) return;
  await printLine(`${counts.sent} sent, ${counts.refused} refused, ${counts["not-sent"]} not sent`);
}
