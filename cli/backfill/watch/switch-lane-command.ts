import type { Operation } from "#shared/contract/operation.ts";
import { EXIT_STATUS } from "../../exit-status.ts";
import { printLine } from "../../print-line.ts";
import { tell } from "../../tell.ts";
import type { LaneOptions } from "./lane-options.ts";
import type { LaneState } from "./lane-switch.ts";

/** Switches a lane, and prints what people should know then. */
export async function switchLaneCommand(operation: Operation, options: LaneOptions, state: LaneState): Promise<void> {
  // Not for everybody: the AWS clients take longer to load than all else together.
  const { switchLane } = await import("./lane-switch.ts");
  const { switchAsJson } = await import("./switch-as-json.ts");
  const { switchedForPeople, switchForPeople } = await import("./switch-for-people.ts");
  const { switchedLane, switchReport } = await import("./switch-report.ts");
  const { withDeployment } = await import("../deployment/with-deployment.ts");
  const place = { operation, lane: options.lane };
  await withDeployment(options, async (deployment) => {
    const hasChanged = await switchLane(place, state, deployment);
    const switched = switchedLane(place, { state, hasChanged }, deployment);
    // At once: whatever becomes of the rest, the lane is switched.
    if (options.json === true) tell(switchedForPeople(switched));
    else await printLine(switchedForPeople(switched));
    const report = await switchReport(switched, deployment);
    const lines = options.json === true ? [JSON.stringify(switchAsJson(report))] : switchForPeople(report);
    for (const line of lines) await printLine(line);
  });
  process.exitCode = EXIT_STATUS.done;
}
