/** A 64-bit hash of a text, as two unsigned numbers of 32 bits; never both zero. */
export interface KeyHash {
  readonly high: number;
  readonly low: number;
}

/** Two multiplicative hashes over UTF-16 units, mixed with each other at the end. Not against people who search for collisions. */
export function keyHash(text: string): KeyHash {
  let high = 0x9e3779b9 ^ text.length;
  let low = 0x85ebca6b;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low + unit, 0x2c1b3c6d) ^ (low >>> 15);
  }
  high = mixed(high ^ (low >>> 13));
  low = mixed(low ^ (high >>> 7));
  return { high: high >>> 0, low: high === 0 && low === 0 ? 1 : low >>> 0 };
}

/** Spreads every bit over all others. */
function mixed(bits: number): number {
  const once = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return twice ^ (twice >>> 16);
}
