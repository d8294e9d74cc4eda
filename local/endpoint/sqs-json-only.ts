import type { RequestListener } from "node:http";
import { refuseRequest } from "./refuse-request.ts";

/** SQS's older query protocol is not spoken here; its clients are told which version to take. */
export const sqsJsonOnly =
  (sqs: RequestListener): RequestListener =>
  (request, response) => {
    if (request.headers["x-amz-target"] !== undefined) return sqs(request, response);
    return refuseRequest(request, response, {
      status: 400,
      code: "InvalidAction",
      message:
        "The local SQS speaks the AWS JSON protocol (header X-Amz-Target), and this request is in the older query protocol. " +
        "Use AWS CLI 2.13.34 or 1.29.88, boto3 1.28.82, AWS SDK for JavaScript 3.447, or anything later.",
    });
  };
