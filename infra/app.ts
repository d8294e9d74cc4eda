import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import cdkJson from "../cdk.json" with { type: "json" };
import { bundle } from "./bundle.ts";
import { BUNDLED_FUNCTIONS } from "./bundled-functions.ts";
import { ContactRequestsStack } from "./contact-requests-stack.ts";
import { explainSettingsErrors } from "./explain-settings-errors.ts";
import { settingsFromContext } from "./settings-from-context.ts";
import { warnOfExample } from "./warn-of-example.ts";

await explainSettingsErrors(async () => {
  // The feature flags of cdk.json hold without the CDK CLI too.
  const app = new App({ context: cdkJson.context });
  const settings = settingsFromContext(app);
  // Beside the assembly: two syntheses into different directories never write the same file.
  const bundles = await bundle(BUNDLED_FUNCTIONS, join(app.outdir, "bundles"));
  const stack = new ContactRequestsStack(app, "ContactRequests", { settings, bundles });
  warnOfExample(stack, settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
});
