import { resolve } from "node:path";

/** Where npm was started. npm runs the scripts of a package in the package's own directory, wherever the user stands. */
const NPM_STARTED_IN = "INIT_CWD";

/** A path as the user means it: relative to the directory in which the command was typed. */
export const userPath = (path: string): string => resolve(process.env[NPM_STARTED_IN] ?? process.cwd(), path);
