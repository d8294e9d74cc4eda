import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { bundle } from "#infra/bundle.ts";
import { BUNDLED_FUNCTIONS } from "#infra/bundled-functions.ts";
import { explainSettingsErrors } from "#infra/explain-settings-errors.ts";
import { settingsFromContext } from "#infra/settings-from-context.ts";
import cdkJson from "../../cdk.json" with { type: "json" };
import { RemindersStack } from "./reminders-stack.ts";

// `npx cdk synth --app "node examples/reminders/app.ts" -c connectInstanceArn=ARN`, in the repository's directory.
await explainSettingsErrors(async () => {
  const app = new App({ context: cdkJson.context });
  const settings = settingsFromContext(app);
  const bundles = await bundle(BUNDLED_FUNCTIONS, join(app.outdir, "bundles"));
  new RemindersStack(app, "Reminders", {
    contactRequests: { settings: { ...settings, prefix: "shop-contacts" }, bundles },
  });
  app.synth();
});
