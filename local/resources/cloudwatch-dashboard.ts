import { declaredOnly } from "./declared-only.ts";
import { physicalName } from "./physical-name.ts";

/** Nothing is measured on one machine. */
export const cloudWatchDashboard = declaredOnly({
  type: "AWS::CloudWatch::Dashboard",
  properties: ["DashboardBody", "DashboardName", "Tags"],
  names: ({ DashboardName }, place) => ({ ref: physicalName(DashboardName, place), attributes: {} }),
});
