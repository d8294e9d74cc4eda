import type { RequestListener } from "node:http";
import { refuseRequest } from "../endpoint/refuse-request.ts";

/** Step Functions, which does not run here: every call is refused, with what to do instead. */
export const refuseExecutions: RequestListener = (request, response) => {
  const operation = request.headers["x-amz-target"]?.toString().split(".").at(-1) ?? "this request";
  refuseRequest(request, response, {
    status: 400,
    code: "UnsupportedOperationException",
    message: `The local system runs no state machines, so it does not serve ${operation}. Feed a backfill from this machine instead: contact-requests backfill start … --direct`,
  });
};
