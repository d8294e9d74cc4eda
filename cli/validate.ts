import type { Command } from "commander";
import { checkLine } from "./check-line.ts";
import { EXIT_STATUS, type ExitStatus } from "./exit-status.ts";
import { openInputs } from "./input-file.ts";
import { LineReport } from "./line-report.ts";
import { printLine } from "./print-line.ts";
import { RepeatedRequests } from "./repeated-requests.ts";
import { requestLines } from "./request-lines.ts";
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

async function validate(paths: readonly string[], options: ValidateOptions): Promise<ExitStatus> {
  const inputs = await openInputs(paths);
  const report = new LineReport({ ...options, fileCount: inputs.length });
  const repeated = new RepeatedRequests();
  for (const { name: file, chunks } of inputs) {
    for await (const line of requestLines(chunks)) {
      const checked = checkLine(line);
      if (checked.ok) {
        const place = { file, line: checked.line, requestId: checked.request.requestId };
        repeated.add(checked.request, place);
        await report.add({ ...place, kind: "good" });
      } else await report.add({ ...checked, file, kind: "refused" });
    }
  }
  return sumUp(report, { ...options, warning: repeated.warning() });
}

async function sumUp(
  { counts }: LineReport,
  { json, warning }: ValidateOptions & { readonly warning: string | undefined },
): Promise<ExitStatus> {
  if (warning !== undefined) tell(warning);
  if (counts.good + counts.refused === 0) tell("Note: the input holds no request.");
  if (json !== true) await printLine(`${counts.good} good, ${counts.refused} refused`);
  return counts.refused === 0 ? EXIT_STATUS.done : EXIT_STATUS.refused;
}
