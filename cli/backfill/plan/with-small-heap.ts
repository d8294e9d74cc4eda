import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Does something while V8 collects garbage sooner than it would. Rows live for a moment each, and V8 would rather let hundreds of MiB of
 * dead ones lie than look for them: the heap of a large file would be several times that of a small one. It costs about a third more
 * computing, so that rows are planned in this way, and are fed without it.
 */
export async function withSmallHeap<Value>(work: () => Promise<Value>): Promise<Value> {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=15");
  collectAll();
  try {
    return await work();
  } finally {
    // V8's defaults.
    setFlagsFromString("--semi-space-growth-factor=2");
    setFlagsFromString("--heap-growing-percent=0");
  }
}

/** Also makes the space for young objects small again, which has grown while the program was loaded: no other collection does. */
function collectAll(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}
