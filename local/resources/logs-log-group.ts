import { declaredOnly } from "./declared-only.ts";
import { physicalName } from "./physical-name.ts";

/** Log lines go to whoever started the system; only the name is used, by the functions that log into the group. */
export const logsLogGroup = declaredOnly({
  type: "AWS::Logs::LogGroup",
  properties: [
    "DataProtectionPolicy",
    "FieldIndexPolicies",
    "KmsKeyId",
    "LogGroupClass",
    "LogGroupName",
    "RetentionInDays",
    "Tags",
  ],
  names: ({ LogGroupName }, place) => {
    const name = physicalName(LogGroupName, place);
    return {
      ref: name,
      attributes: { Arn: `arn:aws:logs:${place.stack.region}:${place.stack.accountId}:log-group:${name}:*` },
    };
  },
});
