import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { messagesToDelete } from "#local/event-source-mapping/messages-to-delete.ts";
import type { InvocationOutcome } from "#local/lambda/invocation-outcome.ts";

const ids = ["a", "b", "c"];
const partial = { reportsBatchItemFailures: true };
const succeeded = (response: unknown): InvocationOutcome => ({ kind: "succeeded", response });
const error = { errorType: "E", errorMessage: "m" };
const failing = (...names: unknown[]) => ({ batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })) });

describe("with partial responses, a response of", () => {
  test.each<[string, unknown, string[]]>([
    ["null deletes all", null, ids],
    ["nothing deletes all", undefined, ids],
    ["an empty object deletes all", {}, ids],
    ["a null list deletes all", { batchItemFailures: null }, ids],
    ["an empty list deletes all", failing(), ids],
    ["one failure deletes the others", failing("b"), ["a", "c"]],
    ["the same failure twice deletes the others", failing("b", "b"), ["a", "c"]],
    ["all failures deletes none", failing("a", "b", "c"), []],
    ["an identifier that is not in the batch deletes none", failing("a", "x"), []],
    ["an empty identifier deletes none", failing("a", ""), []],
    ["a null identifier deletes none", failing("a", null), []],
    ["an identifier that is no text deletes none", failing(1), []],
    ["a wrong key deletes none", { batchItemFailures: [{ messageId: "a" }] }, []],
    ["a list of bare ids deletes none", { batchItemFailures: ["a"] }, []],
    ["no list deletes none", { batchItemFailures: "a" }, []],
    ["a text deletes none", "done", []],
  ])("%s", (_name, response, expected) => {
    expect(messagesToDelete(ids, succeeded(response), partial)).toEqual(expected);
  });
});

test.each<[string, InvocationOutcome, boolean, string[]]>([
  ["an error deletes none", { kind: "failed", error }, true, []],
  ["a failed start deletes none", { kind: "init-failed", error }, true, []],
  ["without partial responses, an error deletes none", { kind: "failed", error }, false, []],
  ["without partial responses, any response deletes all", succeeded(failing("a")), false, ids],
])("%s", (_name, outcome, reportsBatchItemFailures, expected) => {
  expect(messagesToDelete(ids, outcome, { reportsBatchItemFailures })).toEqual(expected);
});

test("what is reported stays, and all the rest goes", () => {
  const batch = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 10 });
  const cases = batch.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all)));
  fc.assert(
    fc.property(cases, ([all, failed]) => {
      const deleted = messagesToDelete(all, succeeded(failing(...failed)), partial);
      expect([...deleted, ...failed].sort()).toEqual([...all].sort());
    }),
    { seed: 4566 },
  );
});
