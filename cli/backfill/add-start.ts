import type { Command } from "commander";
import { withJobOptions } from "./job/job-options.ts";
import type { StartOptions } from "./start/start.ts";

const HELP = `
A job is begun once: the same command again goes on where it was, and makes no contact twice. Another file, template, key
or other sending hours under the same name are refused. So is a file that "backfill plan" finds impossible, that has two
rows of one key which ask for different things, or rows that the contract refuses, unless --skip-refused leaves those out.
Rows that repeat a key and ask for the same make one contact.

Exit status: 0 started, or with --direct fed; 1 refused, with the reasons, or not all was sent; 2 wrong usage, no access,
or a file that is unusable. What was sent stays sent, whatever the status: the same command goes on, another name sends
all rows anew.`;

/** `backfill start FILE`: has every row of a file sent. */
export function addStart(backfill: Command): void {
  withJobOptions(backfill.command("start"))
    .description("check every row of a file, store it, and have its rows sent by the state machine or from here")
    .option("--direct", "send the rows from this machine, which must stay on until all are on their queue")
    .option("--json", "print what was started as one line of JSON")
    .addHelpText("after", HELP)
    .action(async (path: string, options: StartOptions) => {
      // Not for everybody: the other commands need little of it.
      const { start } = await import("./start/start.ts");
      process.exitCode = await start(path, options);
    });
}
