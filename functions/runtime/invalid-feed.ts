/** To try it again would end in the same way, be it a range or the end of a run: the state machine does not, by this name. */
export class InvalidFeed extends Error {
  override readonly name = "InvalidFeed";
}
