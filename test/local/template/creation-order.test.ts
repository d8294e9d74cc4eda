import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { creationOrder } from "#local/template/creation-order.ts";

const needs = (graph: Record<string, string[]>) =>
  new Map(Object.entries(graph).map(([name, all]) => [name, new Set(all)]));

test("every resource comes after all that it needs", () => {
  const acyclic = fc
    .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
    // Each may need only those before it, so there is no circle; the names are shuffled by their place in the map.
    .map((lists) =>
      lists.map(
        (list, index) => [`r${index}`, new Set(index === 0 ? [] : list.map((need) => `r${need % index}`))] as const,
      ),
    )
    .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }));
  fc.assert(
    fc.property(acyclic, (entries) => {
      const order = creationOrder(new Map(entries));
      expect([...order].sort()).toEqual(entries.map(([name]) => name).sort());
      for (const [name, all] of entries) {
        for (const need of all) expect(order.indexOf(need)).toBeLessThan(order.indexOf(name));
      }
    }),
    { seed: 4566 },
  );
});

test("a circle is an error that spells it out", () => {
  const graph = needs({ Start: ["A"], A: ["B"], B: ["C"], C: ["A"] });
  expect(() => creationOrder(graph)).toThrow("Circular dependency between resources: A → B → C → A");
});

test("a resource that needs itself is a circle", () => {
  expect(() => creationOrder(needs({ A: ["A"] }))).toThrow("A → A");
});

test("names that are no resources (parameters, pseudo parameters) are passed over", () => {
  expect(creationOrder(needs({ A: ["AWS::Region"] }))).toEqual(["A"]);
});
