/** The run is over, and ranges are left. To look again would end in the same way: the state machine does not retry it. */
export class JobNotFed extends Error {
  override readonly name = "JobNotFed";
}
