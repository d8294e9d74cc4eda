import { type Command, CommanderError } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { CommandError } from "./command-error.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import { tell } from "./tell.ts";

/** What a shell shows for a program that SIGPIPE ended: 128 and the signal's number. */
const ENDED_BY_CLOSED_PIPE = 141;

/**
 * Gives a program what all of ours have in common. To be called before subcommands are added, since they inherit it.
 */
export function prepareProgram(program: Command): Command {
  return program.version(packageJson.version).exitOverride();
}

/** Runs the command that the arguments ask for, and sets the exit status of this process. */
export async function runProgram(program: Command): Promise<void> {
  endWhereNobodyReads();
  nameOwnHelp(program, program.name());
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitStatusOf(error);
  }
}

/** The help of the whole program has no option of a command. */
function nameOwnHelp(command: Command, name: string): void {
  command.showHelpAfterError(`Type ${name} --help to see how it is used.`);
  for (const each of command.commands) nameOwnHelp(each, `${name} ${each.name()}`);
}

function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has said it already: the help that was asked for, or what is wrong with the arguments.
    return error.exitCode === 0 ? EXIT_STATUS.done : EXIT_STATUS.unusable;
  }
  if (!(error instanceof CommandError)) throw error;
  tell(error.message);
  return error.exitStatus;
}

/**
 * `… | head -1` is no fault: nobody reads on, so there is nothing left to do. Nor is a terminal that is closed. A full disk
 * is one, told in a sentence.
 */
function endWhereNobodyReads(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A terminal that is closed sends SIGHUP too, which ends what runs in order.
    if (error.code === "EIO") return;
    if (error.code !== "EPIPE") {
      tell(`What is printed cannot be written (${error.code ?? error.message}). Print it to where there is room.`);
      process.exit(EXIT_STATUS.unusable);
    }
    // What runs until it is interrupted cleans up behind itself, as when its terminal is closed.
    if (process.emit("SIGHUP", "SIGHUP")) return;
    process.exit(ENDED_BY_CLOSED_PIPE);
  });
  // What is told to nobody must not keep a program from cleaning up behind itself.
  process.stderr.on("error", () => undefined);
}
