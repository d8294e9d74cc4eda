import { readFile } from "node:fs/promises";

const WAYS_IN = new URL("../../../samples/ways-in/", import.meta.url);

/** The text of a sample that comes in by a way of its own. */
export const sampleFile = async (name: string): Promise<string> => readFile(new URL(name, WAYS_IN), "utf8");
