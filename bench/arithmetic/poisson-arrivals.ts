/**
 * Moments at which so many arrive at random, independently of each other, at this rate: milliseconds from the start, in
 * order. `random` draws numbers in [0, 1).
 */
export function poissonArrivals(count: number, ratePerSecond: number, random: () => number): readonly number[] {
  const arrivals: number[] = [];
  let atMs = 0;
  for (let index = 0; index < count; index += 1) {
    // The gaps of a Poisson process are distributed exponentially. 1 - 0 has a logarithm, 0 has none.
    atMs += (-Math.log(1 - random()) / ratePerSecond) * 1000;
    arrivals.push(atMs);
  }
  return arrivals;
}
