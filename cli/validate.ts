import type { Command } from "commander";
import { MAX_BYTES } from "#producer/batch.ts";
import { messageBytes } from "#producer/outgoing-message.ts";
import { sendableText } from "#producer/sendable-text.ts";
import { checkLine } from "./check-line.ts";
import { CountedPlaces } from "./counted-places.ts";
import { EXIT_STATUS, type ExitStatus } from "./exit-status.ts";
import { type InputFile, openInputs } from "./input-file.ts";
import { LineReport } from "./line-report.ts";
import { printLine } from "./print-line.ts";
import { requestLines } from "./request-lines.ts";
import { RequestNotes } from "./request-notes.ts";
import { counted } from "./run/counted.ts";
import { tell } from "./tell.ts";

interface ValidateOptions {
  readonly json?: true;
}

/** `validate FILE…`: checks requests without sending them. */
export function addValidate(program: Command): void {
  program
    .command("validate")
    .description("check contact requests against the contract, without sending them")
    .argument("<FILE...>", "JSONL files: one request a line; - is standard input")
    .option("--json", "one line of JSON for each line of input")
    .action(async (paths: readonly string[], options: ValidateOptions) => {
      process.exitCode = await validate(paths, options);
    });
}

interface ValidateRun {
  readonly report: LineReport;
  readonly notes: RequestNotes;
  readonly tooLarge: CountedPlaces;
}

async function validate(paths: readonly string[], options: ValidateOptions): Promise<ExitStatus> {
  const inputs = await openInputs(paths);
  const run: ValidateRun = {
    report: new LineReport({ ...options, fileCount: inputs.length }),
    notes: new RequestNotes(Date.now()),
    tooLarge: new CountedPlaces(),
  };
  for (const input of inputs) await validateInput(input, run);
  return sumUp(run, options);
}

async function validateInput(
  { name: file, chunks }: InputFile,
  { report, notes, tooLarge }: ValidateRun,
): Promise<void> {
  for await (const line of requestLines(chunks)) {
    const checked = checkLine(line);
    if (!checked.ok) {
      await report.add({ ...checked, file, kind: "refused" });
      continue;
    }
    const place = { file, line: checked.line, requestId: checked.request.requestId };
    notes.add(checked.request, place);
    if (messageBytes({ body: sendableText(checked.text) }) > MAX_BYTES) tooLarge.add(place);
    await report.add({ ...place, kind: "good" });
  }
}

const tooLargeNote = (count: number, first: string): string =>
  `Note: ${counted(count, "request")} of more than 1 MiB, first at ${first}. SQS takes no more, so send leaves such a request unsent unless --payload-bucket names the bucket through which it goes.`;

async function sumUp({ report, notes, tooLarge }: ValidateRun, { json }: ValidateOptions): Promise<ExitStatus> {
  await report.end();
  for (const sentence of notes.sentences()) tell(sentence);
  const large = tooLarge.note(tooLargeNote);
  if (large !== undefined) tell(large);
  const { good, refused } = report.counts;
  if (good + refused === 0) tell("Note: the input holds no request.");
  if (json !== true) await printLine(`${good} good, ${refused} refused`);
  return refused === 0 ? EXIT_STATUS.done : EXIT_STATUS.refused;
}
