/** Some rows of the range may be on no queue. Feeding it again is safe, and may go well. */
export class RangeNotFed extends Error {
  override readonly name = "RangeNotFed";
}
