/** AWS has answered with less than it was asked for, and not said that anything is wrong. */
export class IncompleteAnswerError extends Error {
  override readonly name = "IncompleteAnswerError";
}
