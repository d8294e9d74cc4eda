import { describe, expect, test } from "@jest/globals";
import { RepeatedRequests } from "#cli/repeated-requests.ts";
import { aChatRequest, aTaskRequest } from "#test/support/a-contact-request.ts";

function warningFor(requests: readonly (ReturnType<typeof aTaskRequest> | ReturnType<typeof aChatRequest>)[]) {
  const repeated = new RepeatedRequests();
  for (const [index, request] of requests.entries()) {
    repeated.add(request, { file: "a.jsonl", line: index + 1, requestId: request.requestId });
  }
  return repeated.warning();
}

describe("a repeated requestId", () => {
  test("is told with its count and first place", () => {
    const one = aTaskRequest({ requestId: "a/1" });

    expect(warningFor([one, aTaskRequest({ requestId: "a/2" }), one, one])).toMatch(
      /2 lines repeat .* a\.jsonl:3 \(a\/1\)/,
    );
  });

  test("is none for another operation", () => {
    expect(warningFor([aTaskRequest({ requestId: "a/1" }), aChatRequest({ requestId: "a/1" })])).toBeUndefined();
  });
});
