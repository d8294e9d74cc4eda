import { createHash } from "node:crypto";

/** Draws numbers in [0, 1). */
export type SeededRandom = () => number;

/**
 * The one generator behind everything random here: sfc32, 128 bits of state. Each purpose has a stream of its own, seeded with SHA-256
 * of seed and purpose, so that switching one fault on does not change the ids of the contacts or where another fault strikes.
 */
export function seededRandom(seed: number, purpose: string): SeededRandom {
  const digest = createHash("sha256")
    .update(JSON.stringify([seed, purpose]))
    .digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

/** A version 4 UUID out of the stream. */
export function drawUuid(random: SeededRandom): string {
  const words = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  );
  const hex = words.join("");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
