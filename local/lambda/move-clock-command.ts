/** What the process of a function is told over its channel: how far its clock is ahead of the machine's from now on. */
export interface MoveClockCommand {
  readonly kind: "move-clock";
  readonly offsetMs: number;
}
