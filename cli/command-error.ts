import { EXIT_STATUS, type ExitStatus } from "./exit-status.ts";

/** A command cannot go on, for a reason that lies outside of it. The message is for people: the thing, the rule, the next step. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitStatus: ExitStatus;

  constructor(message: string, options: ErrorOptions & { readonly exitStatus?: ExitStatus } = {}) {
    super(message, options);
    this.exitStatus = options.exitStatus ?? EXIT_STATUS.unusable;
  }
}
