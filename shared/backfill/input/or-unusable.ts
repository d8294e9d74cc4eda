import { failed, type Result, succeeded } from "../../result.ts";
import { UnusableFile } from "./unusable-file.ts";

/** Gives back what work on a file gives, or why the file cannot be used. Every other error is thrown on. */
export async function orUnusable<Value>(work: () => Promise<Value>): Promise<Result<Value, UnusableFile>> {
  try {
    return succeeded(await work());
  } catch (error) {
    if (error instanceof UnusableFile) return failed(error);
    throw error;
  }
}
