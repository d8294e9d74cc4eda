/** How long a stream may stay silent before its read counts as failed, and how much of it is read. */
export interface ReadLimits {
  readonly maxBytes: number;
  readonly idleMs: number;
}

/**
 * The bytes of a stream; nothing if there are more than `maxBytes`. Trusts no announced length, holds at most one chunk more
 * than the limit, and leaves the rest unread. Rejects when the stream breaks or stays silent for `idleMs`.
 */
export async function readAtMost(
  stream: ReadableStream<Uint8Array>,
  { maxBytes, idleMs }: ReadLimits,
): Promise<Uint8Array | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await withinMs(idleMs, reader.read());
      if (done) return Buffer.concat(chunks, bytes);
      bytes += value.byteLength;
      if (bytes > maxBytes) return undefined;
      chunks.push(value);
    }
  } finally {
    // Ends the connection where something is left; a stream that broke has nothing more to say.
    reader.cancel().catch(() => undefined);
  }
}

async function withinMs<T>(waitMs: number, action: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error("The stream was silent for too long."));
  }, waitMs);
  try {
    return await Promise.race([action, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
