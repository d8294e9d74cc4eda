import { SettingsError } from "./settings-error.ts";

/** Runs a CDK app. Where its settings are wrong it says so without a stack trace, and the process ends with 1. */
export async function explainSettingsErrors(synthesize: () => Promise<void>): Promise<void> {
  try {
    await synthesize();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
