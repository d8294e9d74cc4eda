import type { Command } from "commander";
import type { Operation } from "#shared/contract/operation.ts";
import { type LaneOptions, withLaneOptions } from "./watch/lane-options.ts";
import { switchLaneCommand } from "./watch/switch-lane-command.ts";

/** `backfill pause OPERATION`: nothing more is received from a lane, until it is resumed. */
export function addPause(backfill: Command): void {
  withLaneOptions(backfill.command("pause"))
    .description("let the requests of a lane wait in their queue, and name the jobs that wait")
    .action(async (operation: Operation, options: LaneOptions) => switchLaneCommand(operation, options, "Disabled"));
}
