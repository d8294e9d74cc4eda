import { setFlagsFromString } from "node:v8";

/**
 * Has V8 collect garbage sooner. Rows live for a moment each, and V8 would rather let hundreds of MiB of dead ones lie than look for
 * them: the heap of a large file would be several times that of a small one. It costs about a third more computing.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=15");
}
