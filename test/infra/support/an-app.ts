import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { App, type AppProps } from "aws-cdk-lib";
import { SCRATCH_DIRECTORY } from "./scratch-directory.ts";

/**
 * An app that leaves nothing behind. It does without CDK's own validation of templates, which takes half a second for
 * each file of tests; the test of the whole app has it.
 */
export const anApp = (props: AppProps = {}): App =>
  new App({ builtinCloudFormationValidation: false, outdir: mkdtempSync(join(SCRATCH_DIRECTORY, "app-")), ...props });
