import { declaredOnly } from "./declared-only.ts";
import { physicalName } from "./physical-name.ts";

/** Nothing is measured on one machine. */
export const cloudWatchAlarm = declaredOnly({
  type: "AWS::CloudWatch::Alarm",
  properties: [
    "ActionsEnabled",
    "AlarmActions",
    "AlarmDescription",
    "AlarmName",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "Dimensions",
    "EvaluateLowSampleCountPercentile",
    "EvaluationPeriods",
    "ExtendedStatistic",
    "InsufficientDataActions",
    "MetricName",
    "Metrics",
    "Namespace",
    "OKActions",
    "Period",
    "Statistic",
    "Tags",
    "Threshold",
    "ThresholdMetricId",
    "TreatMissingData",
    "Unit",
  ],
  names: ({ AlarmName }, place) => {
    const name = physicalName(AlarmName, place);
    return {
      ref: name,
      attributes: { Arn: `arn:aws:cloudwatch:${place.stack.region}:${place.stack.accountId}:alarm:${name}` },
    };
  },
});
