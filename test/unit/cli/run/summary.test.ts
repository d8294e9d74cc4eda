import { describe, expect, test } from "@jest/globals";
import { perOperation } from "#cli/run/per-operation.ts";
import { discrepancies, type RunFacts, summary } from "#cli/run/summary.ts";
import { summaryForPeople } from "#cli/run/summary-for-people.ts";

const letter = (code: string) => ({ code, message: `${code} happened.`, requestId: `x/${code}`, issues: [] });

/** A run in which all happened with one operation. */
function aRun(
  sent: number,
  made: Partial<RunFacts["connect"]["CreateContact"]>,
  codes: readonly string[] = [],
): RunFacts {
  const nothing = { contacts: 0, repeats: 0, throttled: 0 };
  return {
    sent: perOperation((operation) => (operation === "CreateContact" ? sent : 0)),
    notSent: 0,
    connect: perOperation((operation) => (operation === "CreateContact" ? { ...nothing, ...made } : nothing)),
    deadLetters: perOperation((operation) => (operation === "CreateContact" ? codes.map(letter) : [])),
    elapsedMs: 1234.5,
    otherWays: [],
  };
}

describe("the summary of a run", () => {
  test("has exactly the members that programs expect", () => {
    const facts = aRun(6, { contacts: 3, throttled: 2 }, ["NotJson", "Expired", "Expired"]);

    expect(JSON.stringify(summary(facts))).toBe(
      '{"requests":6,"contacts":3,"deadLetters":{"Expired":2,"NotJson":1},"throttled":2,"elapsedMs":1235}',
    );
  });

  test("counts repeats where there are some, so that it adds up", () => {
    expect(summary(aRun(4, { contacts: 2, repeats: 1 }, ["Expired"]))).toMatchObject({
      requests: 4,
      contacts: 2,
      repeats: 1,
    });
  });

  test.each([
    ["each is a contact or a dead letter", aRun(3, { contacts: 2 }, ["NotJson"]), []],
    ["a repeated request led to the same contact", aRun(3, { contacts: 2, repeats: 1 }), []],
    ["workers asked again for contacts that were there", aRun(2, { contacts: 2, repeats: 5 }), []],
    [
      "one is lost",
      aRun(3, { contacts: 1 }, ["NotJson"]),
      ["CreateContact: 1 request became neither a contact nor a dead letter."],
    ],
    [
      "one made two contacts",
      aRun(2, { contacts: 2 }, ["NotJson"]),
      ["CreateContact: 1 request made 2 contacts, which is too many."],
    ],
  ])("finds what does not add up: %s", (_name, facts, found) => {
    expect(discrepancies(facts)).toEqual(found);
  });

  test("for people counts the lines that no queue took", () => {
    expect(summaryForPeople({ ...aRun(1, { contacts: 1 }), notSent: 2 }).at(-1)).toBe("2 not sent: see above.");
    expect(summaryForPeople(aRun(1, { contacts: 1 })).join()).not.toContain("not sent");
  });

  test("for people has a row for each operation, aligned, and each reason with an example", () => {
    const lines = summaryForPeople(aRun(12, { contacts: 10 }, ["NotJson", "NotJson"]));

    expect(lines).toContain("operation                  requests  contacts  dead letters  throttled");
    expect(lines).toContain("CreateContact                    12        10             2          0");
    expect(lines).toContain("total                            12        10             2          0");
    expect(lines).toContain("  2 × NotJson, such as x/NotJson");
    expect(lines).toContain("      NotJson happened.");
    expect(lines.at(-1)).toBe("12 requests became 10 contacts and 2 dead letters in 1.2 s.");
  });

  describe("of requests that came in by other ways too", () => {
    const facts: RunFacts = {
      ...aRun(5, { contacts: 3 }, ["NotJson", "Expired"]),
      otherWays: [
        { way: "event", requests: 1, contacts: 1, deadLetters: 0 },
        { way: "pointer", requests: 1, contacts: 0, deadLetters: 1 },
      ],
    };

    test("says for programs how many came in by each", () => {
      expect(summary(facts).ways).toEqual({ message: 3, event: 1, pointer: 1 });
    });

    test("has a table for people that adds up", () => {
      const lines = summaryForPeople(facts);
      const first = lines.indexOf("way in                requests  contacts  dead letters");

      expect(lines.slice(first + 1, first + 4)).toEqual([
        "message on a queue           3         2             1",
        "event on the bus             1         1             0",
        "pointer to a payload         1         0             1",
      ]);
    });

    test("has no such table where all were messages", () => {
      expect(summaryForPeople(aRun(1, { contacts: 1 })).join()).not.toContain("way in");
    });
  });
});
