import { describe, expect, test } from "@jest/globals";
import { connectCounts } from "#cli/run/connect-counts.ts";
import { countByWay } from "#cli/run/count-by-way.ts";
import { ThrottlesInLog } from "#cli/run/throttles-in-log.ts";
import { toldOutcomes } from "#cli/run/told-outcomes.ts";
import { untoldContacts } from "#cli/run/untold-contacts.ts";

const started = (requestId: string, contactId: string) => ({
  event: {
    "detail-type": "Contact Started",
    detail: {
      requestId,
      source: null,
      operation: "CreateContact",
      instanceId: "i",
      contactId,
      attempts: 1,
      repeated: false,
      at: "2026-11-20T09:00:00.000Z",
    },
  },
});

const failed = (requestId: string | null) => ({
  event: {
    "detail-type": "Contact Request Failed",
    detail: {
      requestId,
      source: null,
      operation: "CreateContact",
      instanceId: null,
      failure: { code: "NotJson", kind: "invalid", message: "The body is not JSON." },
      contact: "none",
      attempts: 0,
      at: "2026-11-20T09:00:00.000Z",
    },
  },
});

describe("the outcomes that were told", () => {
  const outcomes = toldOutcomes([
    started("a", "c1"),
    { event: { "detail-type": "CreateContact", detail: { requestId: "b" } } },
    failed("b"),
    failed(null),
    started("a", "c1"),
    started("d", "c2"),
  ]);

  test("are found among all events of the bus", () => {
    expect(outcomes.map(({ requestId, contactId }) => [requestId, contactId])).toEqual([
      ["a", "c1"],
      ["b", null],
      [null, null],
      ["a", "c1"],
      ["d", "c2"],
    ]);
  });

  test("make one contact however often it is told", () => {
    const counts = connectCounts(outcomes, new ThrottlesInLog());

    expect(counts.CreateContact).toEqual({ contacts: 2, repeats: 1, throttled: 0 });
    expect(counts.OutboundEmail).toEqual({ contacts: 0, repeats: 0, throttled: 0 });
  });

  test("say what became of the requests of each way", () => {
    const operation = "CreateContact";
    const sent = [
      { way: "event", operation, requestId: "a" },
      { way: "event", operation, requestId: "b" },
      { way: "pointer", operation, requestId: "lost" },
    ] as const;

    expect(countByWay(sent, outcomes)).toEqual([
      { way: "event", requests: 2, contacts: 1, deadLetters: 1 },
      { way: "pointer", requests: 1, contacts: 0, deadLetters: 0 },
    ]);
  });

  test.each([
    [["c1", "c1", "c2"], []],
    [["c1", "c2", "c3"], ["Connect has made 1 contact that no outcome event tells of."]],
    [["c1"], ["Outcome events tell of 1 contact that Connect has not made."]],
  ])("are held against what Connect has made: %j", (made, found) => {
    const contacts = made.map((contactId) => ({ contactId }));

    expect(untoldContacts(contacts, outcomes)).toEqual(found);
  });
});
