import { Argument, type Command, Option } from "commander";
import { OPERATIONS } from "#shared/contract/operation.ts";
import type { Lane } from "#shared/contract/queue-name.ts";
import { type DeploymentOptions, withDeploymentOptions } from "../deployment/deployment-options.ts";

export interface LaneOptions extends DeploymentOptions {
  readonly lane: Lane;
  readonly json?: true;
}

const LANES: readonly Lane[] = ["live", "backfill"];

/** What the commands that switch a lane are given. */
export const withLaneOptions = (command: Command): Command =>
  withDeploymentOptions(command)
    .addArgument(new Argument("<OPERATION>", "whose requests").choices(OPERATIONS))
    .addOption(new Option("--lane <LANE>", "which of its lanes").choices(LANES).default("backfill"))
    .option("--json", "print one line of JSON");
