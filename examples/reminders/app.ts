import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { bundle } from "#infra/bundle.ts";
import { explainSettingsErrors } from "#infra/explain-settings-errors.ts";
import { functionFile } from "#infra/function-file.ts";
import { settingsFromContext } from "#infra/settings-from-context.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import cdkJson from "../../cdk.json" with { type: "json" };
import { RemindersStack } from "./reminders-stack.ts";

// `npx cdk synth --app "node examples/reminders/app.ts" -c connectInstanceArn=ARN`, in the repository's directory.
await explainSettingsErrors(async () => {
  const app = new App({ context: cdkJson.context });
  const settings = settingsFromContext(app);
  const bundles = await bundle(OPERATIONS.map(functionFile), join(app.outdir, "bundles"));
  new RemindersStack(app, "Reminders", {
    contactRequests: { settings: { ...settings, prefix: "shop-contacts" }, bundles },
  });
  app.synth();
});
