import { Buffer } from "node:buffer";

/** How many bytes a text takes on the wire. */
export const utf8Bytes = (text: string): number => Buffer.byteLength(text, "utf8");
