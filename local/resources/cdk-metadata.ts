import { declaredOnly } from "./declared-only.ts";

/** What CDK tells AWS about the constructs in use. */
export const cdkMetadata = declaredOnly({
  type: "AWS::CDK::Metadata",
  properties: ["Analytics"],
  names: (_properties, { logicalId }) => ({ ref: logicalId, attributes: {} }),
});
