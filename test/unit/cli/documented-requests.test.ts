import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { checkLine } from "#cli/check-line.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { placesOf } from "#test/support/places.ts";

const shown = z.object({ requestId: z.string(), operation: z.enum(OPERATIONS), input: z.looseObject({}) });

/** The requests in the code blocks of a document. */
async function requestsIn(document: string): Promise<readonly z.output<typeof shown>[]> {
  const text = await readFile(new URL(`../../../${document}`, import.meta.url), "utf8");
  const blocks = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = ""]): unknown => JSON.parse(json));
  return blocks.flatMap((block) => shown.safeParse(block).data ?? []);
}

const isGood = (request: unknown): boolean => checkLine({ kind: "text", line: 1, text: JSON.stringify(request) }).ok;

/** The document without what stands at a place. */
function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  const members = Object.entries(value ?? {});
  return Object.fromEntries(
    members.flatMap(([name, member]) => {
      if (name !== key) return [[name, member]];
      return rest.length === 0 ? [] : [[name, without(member, rest)]];
    }),
  );
}

describe("a request in the documents", () => {
  test.each([["README.md"], ["docs/message-contract.md"]])("of %s is good", async (document) => {
    const requests = await requestsIn(document);

    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter((request) => !isGood(request))).toEqual([]);
  });

  test.each(OPERATIONS.map((operation) => [operation]))(
    "that begins the section of %s has nothing but what must be there",
    async (operation) => {
      const [, ...atTheOperations] = await requestsIn("docs/message-contract.md");
      const request = atTheOperations.find((each) => each.operation === operation);
      const places = placesOf(request).filter((place) => place.length > 0);

      expect(places.length).toBeGreaterThan(3);
      expect(places.filter((place) => isGood(without(request, place)))).toEqual([]);
    },
  );
});
