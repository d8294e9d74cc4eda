import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { RULES_BEYOND_THE_SCHEMA } from "../../../schemas/rules-beyond-the-schema.ts";
import { brokenRequests, poolOf, replaced, variantsOf } from "./broken-requests.ts";
import { FULL_REQUESTS } from "./full-requests.ts";
import { judge } from "./judge.ts";
import { membersOf, placesIn } from "./places.ts";
import { publishedSchema } from "./published-schema.ts";
import { validRequest } from "./valid-request.ts";
import { WITNESSES } from "./witnesses.ts";

const SEED = { seed: 20_261_120 };

const pool = poolOf(FULL_REQUESTS);

const title = (request: object): string => ("operation" in request ? String(request.operation) : "");

/** They stand in the API's shape, and no e-mail may have them. */
const NEVER_GIVEN = ["OutboundEmailDraft.PreviousContactId"];

/** Members of definitions, so that an entry of `properties` within a rule is not taken for one. */
const allMembers = Object.keys(publishedSchema.$defs).flatMap((name) =>
  Object.keys(membersOf({ $ref: `#/$defs/${name}` })).map((member) => `${name}.${member}`),
);

describe("the good requests of this test", () => {
  test.each(FULL_REQUESTS.map((request) => [title(request), request] as const))(
    "are good to both: %s",
    (_name, request) => {
      expect(judge(request)).toEqual({ kind: "agreed", isGood: true });
    },
  );

  test("have every member that the schema knows", () => {
    const seen = new Set(FULL_REQUESTS.flatMap(placesIn).map(({ member }) => member));

    expect(allMembers.length).toBeGreaterThan(100);
    expect(allMembers.filter((member) => !seen.has(member))).toEqual(NEVER_GIVEN);
  });
});

describe("the published schema and the contract", () => {
  test.each(FULL_REQUESTS.map((request) => [title(request), request] as const))(
    "agree, wherever a good request is changed: %s",
    (_name, request) => {
      let changes = 0;
      const disagreements: string[] = [];
      for (const { request: changed, change } of brokenRequests(request, pool)) {
        const judgement = judge(changed);
        changes += 1;
        if (judgement.kind === "disagreed") disagreements.push(`${change}: ${judgement.why}`);
      }

      expect(changes).toBeGreaterThan(300);
      expect(disagreements).toEqual([]);
    },
  );

  test("agree about whatever fulfils the contract", () => {
    const law = fc.property(validRequest, (request) => {
      expect(judge(request)).toEqual({ kind: "agreed", isGood: true });
    });
    fc.assert(law, { ...SEED, numRuns: 2000 });
  });

  test("agree about requests that were changed in several places", () => {
    const changedOnce = (request: object) =>
      fc
        .constantFrom(...placesIn(request))
        .chain((place) => fc.constantFrom(...variantsOf(place, pool)).map((value) => ({ path: place.path, value })));
    const changed = validRequest.chain((request) =>
      fc
        .array(changedOnce(request), { minLength: 1, maxLength: 3 })
        .map((changes) => changes.reduce<unknown>((sum, { path, value }) => replaced(sum, path, value), request)),
    );
    const law = fc.property(changed, (request) => {
      expect(judge(request)).not.toMatchObject({ kind: "disagreed" });
    });
    fc.assert(law, { ...SEED, numRuns: 2000 });
  });
});

describe("each rule beyond the schema", () => {
  test.each(RULES_BEYOND_THE_SCHEMA.map((rule) => [rule.rule, rule] as const))(
    "is one that the contract has and the schema has not: %s",
    (_name, rule) => {
      const witness = WITNESSES[`${rule.where} ${rule.says}`];

      expect(judge(witness)).toEqual({ kind: "beyond-the-schema", rules: [rule] });
    },
  );
});
