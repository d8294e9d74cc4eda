import { declaredOnly } from "./declared-only.ts";

/** A name for a key: nothing is encrypted on one machine. */
export const kmsAlias = declaredOnly({
  type: "AWS::KMS::Alias",
  properties: ["AliasName", "TargetKeyId"],
  names: ({ AliasName }) => ({ ref: String(AliasName), attributes: {} }),
});
