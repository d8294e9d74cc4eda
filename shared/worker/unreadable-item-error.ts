/**
 * An item of the state table is not one that this version can read. Its message may be logged: it names places in the item,
 * which are ours, and nothing that stands there.
 */
export class UnreadableItemError extends Error {
  override readonly name = "UnreadableItemError";
}
