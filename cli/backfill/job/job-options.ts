import { type Command, InvalidArgumentError, Option } from "commander";
import { type DeploymentOptions, withDeploymentOptions } from "../deployment/deployment-options.ts";
import { jobArgument } from "./job-argument.ts";

/** How the rows of a file are written, in the words of the command line. */
export type FormatName = (typeof FORMATS)[number];

const FORMATS = ["csv", "jsonl", "requests"] as const;

/** What is said about a backfill, to plan and to start it. */
export interface JobOptions extends DeploymentOptions {
  readonly job: string;
  readonly template?: string;
  readonly key?: string;
  readonly format?: FormatName;
  readonly delimiter?: string;
  readonly between?: { readonly from: string; readonly to: string };
  readonly timeZone?: string;
  readonly refused?: string;
  readonly skipRefused?: true;
  readonly contactMinutes?: number;
  readonly json?: true;
}

/** The options that plan and start have in common: what would be planned is what is started. */
export const withJobOptions = (command: Command): Command =>
  withDeploymentOptions(
    command
      .argument("<FILE>", "the rows: a path, - for standard input, or s3://BUCKET/KEY")
      .requiredOption("--job <NAME>", "the backfill's name: begins the requestId of each row, NAME/KEY", jobArgument)
      .option("--template <FILE>", "a contact request as JSON, with {{column}} where a value of the row stands")
      .option("--key <COLUMN>", "the column whose values tell the rows apart: the same key is sent once")
      .addOption(
        new Option(
          "--format <FORMAT>",
          "csv; jsonl, rows as JSON objects; requests, whole contact requests without a template (default: by the file's name)",
        ).choices(FORMATS),
      )
      .option("--delimiter <CHARACTER>", "between the cells of a CSV; tab for a tab (default: a comma)")
      .option("--between <HH:MM-HH:MM>", "send within these hours of every day only, as in 09:00-20:00", someHours)
      .option("--time-zone <ZONE>", "whose clocks the hours go by, as in Europe/Berlin")
      .option("--refused <FILE>", "write every refused row there, with all that is wrong with it: a JSON object a line")
      .option("--skip-refused", "leave out rows that the contract refuses; without it, one is enough to start nothing")
      .option(
        "--contact-minutes <MINUTES>",
        "how long a contact stays open, where flows or agents end it before its longest time",
        someMinutes,
      )
      .hook("preAction", async (_command, action) => {
        const { keepInput } = await import("../input/keep-input.ts");
        await keepInput(action);
      }),
  );

function someHours(text: string): { readonly from: string; readonly to: string } {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError("Write two times, as in 09:00-20:00.");
  return { from, to };
}

function someMinutes(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && Number.isFinite(minutes)) return minutes;
  throw new InvalidArgumentError("It must be a number above 0.");
}
