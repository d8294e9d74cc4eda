import { printableAscii } from "./printable-ascii.ts";

/** Who asks. */
export const requestSource = printableAscii(100);
