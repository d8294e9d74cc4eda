/** Feeding the range again would end in the same way: the state machine knows it by this name, and does not retry it. */
export class InvalidFeed extends Error {
  override readonly name = "InvalidFeed";
}
