import type { Failure } from "../failures/failure.ts";

export const CONTENT_DIFFERS: Failure = {
  code: "ContentDiffers",
  kind: "invalid",
  message:
    "Another request has come under this requestId with other content. One requestId is one request: send this one under a requestId of its own.",
};

export const OUTCOME_UNKNOWN: Failure = {
  code: "OutcomeUnknown",
  kind: "outcome-unknown",
  message:
    "A call for this request was never answered, and Connect's client token protects against a second contact no longer. Look in Connect whether the contact exists; docs/operations.md says how to accept a possible duplicate.",
};
