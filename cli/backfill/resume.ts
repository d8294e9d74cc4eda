import type { Command } from "commander";
import type { Operation } from "#shared/contract/operation.ts";
import { type LaneOptions, withLaneOptions } from "./watch/lane-options.ts";
import { switchLaneCommand } from "./watch/switch-lane-command.ts";

/** `backfill resume OPERATION`: a paused lane goes on. */
export function addResume(backfill: Command): void {
  withLaneOptions(backfill.command("resume"))
    .description("let a paused lane go on")
    .action(async (operation: Operation, options: LaneOptions) => switchLaneCommand(operation, options, "Enabled"));
}
