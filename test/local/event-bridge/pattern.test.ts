import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compilePattern } from "#local/event-bridge/pattern/event-pattern.ts";

const matches = (pattern: unknown, event: Readonly<Record<string, unknown>>) => compilePattern(pattern)(event);
const seeded = { seed: 4 };

test.each<[string, unknown, unknown, boolean]>([
  ["a text", ["a"], "a", true],
  ["another text", ["a"], "A", false],
  ["one of several", ["a", "b"], "b", true],
  ["a number", [300], 300, true],
  ["a number is no text", [300], "300", false],
  ["true", [true], true, true],
  ["null is not absent", [null], undefined, false],
  ["null", [null], null, true],
  ["an empty text", [""], "", true],
  ["one value of an array", ["a"], ["b", "a"], true],
  ["no value of an array", ["a"], ["b", "c"], false],
  ["prefix", [{ prefix: "eu-" }], "eu-west-1", true],
  ["prefix elsewhere", [{ prefix: "west" }], "eu-west-1", false],
  ["prefix of a number", [{ prefix: "3" }], 300, false],
  ["prefix in any case", [{ prefix: { "equals-ignore-case": "EU-" } }], "eu-west-1", true],
  ["suffix", [{ suffix: ".png" }], "a.png", true],
  ["suffix elsewhere", [{ suffix: ".png" }], "a.png.gz", false],
  ["suffix in any case", [{ suffix: { "equals-ignore-case": ".PNG" } }], "a.png", true],
  ["equals-ignore-case", [{ "equals-ignore-case": "Alice" }], "aLICE", true],
  ["equals-ignore-case, longer", [{ "equals-ignore-case": "Alice" }], "alices", false],
  ["anything-but a text", [{ "anything-but": "a" }], "b", true],
  ["anything-but that text", [{ "anything-but": "a" }], "a", false],
  ["anything-but what is absent", [{ "anything-but": "a" }], undefined, false],
  ["anything-but a number", [{ "anything-but": 1 }], 1, false],
  ["anything-but a number, a text", [{ "anything-but": 1 }], "1", true],
  ["anything-but a list", [{ "anything-but": ["a", "b"] }], "b", false],
  ["anything-but a list, another", [{ "anything-but": ["a", "b"] }], "c", true],
  ["anything-but, one of an array is enough", [{ "anything-but": "a" }], ["a", "b"], true],
  ["anything-but a prefix", [{ "anything-but": { prefix: "init" } }], "initial", false],
  ["anything-but prefixes", [{ "anything-but": { prefix: ["init", "error"] } }], "error 1", false],
  ["anything-but a suffix", [{ "anything-but": { suffix: ".txt" } }], "a.png", true],
  ["anything-but suffixes", [{ "anything-but": { suffix: [".txt", ".rtf"] } }], "a.rtf", false],
  ["anything-but in any case", [{ "anything-but": { "equals-ignore-case": ["INIT", "b"] } }], "init", false],
  ["anything-but wildcards", [{ "anything-but": { wildcard: ["*/lib/*", "*.so"] } }], "/usr/lib/a", false],
  ["anything-but a wildcard, another", [{ "anything-but": { wildcard: "*/lib/*" } }], "/usr/bin/a", true],
  ["numeric =", [{ numeric: ["=", 3.018e2] }], 301.8, true],
  ["numeric <, at the bound", [{ numeric: ["<", 10] }], 10, false],
  ["numeric >=, at the bound", [{ numeric: [">=", 10] }], 10, true],
  ["numeric range", [{ numeric: [">", 0, "<=", 5] }], 5, true],
  ["numeric range, at the open end", [{ numeric: [">", 0, "<=", 5] }], 0, false],
  ["numeric of a text", [{ numeric: ["=", 5] }], "5", false],
  ["exists", [{ exists: true }], 0, true],
  ["exists, null too", [{ exists: true }], null, true],
  ["exists, absent", [{ exists: true }], undefined, false],
  ["exists, an object is no leaf", [{ exists: true }], { a: 1 }, false],
  ["does not exist", [{ exists: false }], undefined, true],
  ["does not exist, but it does", [{ exists: false }], "a", false],
  ["cidr", [{ cidr: "10.0.0.0/24" }], "10.0.0.255", true],
  ["cidr, outside", [{ cidr: "10.0.0.0/24" }], "10.0.1.0", false],
  ["cidr of a text that is no address", [{ cidr: "10.0.0.0/24" }], "10.0.0", false],
  ["cidr, IPv6", [{ cidr: "2001:db8::/32" }], "2001:db8:1::1", true],
  ["cidr, an IPv6 address in an IPv4 block", [{ cidr: "10.0.0.0/8" }], "::ffff:10.0.0.1", false],
  ["cidr, IPv4 in an IPv6 block", [{ cidr: "::/0" }], "10.0.0.1", false],
  ["wildcard", [{ wildcard: "*.example.com" }], "a.example.com", true],
  ["wildcard in the middle", [{ wildcard: "a*b*c" }], "a-bb-c", true],
  ["wildcard, parts may not overlap", [{ wildcard: "aba*aba" }], "ababa", false],
  ["wildcard that matches nothing more", [{ wildcard: "a*" }], "a", true],
  ["wildcard without a star", [{ wildcard: "ab" }], "abc", false],
  ["wildcard, a star that is meant", [{ wildcard: "a\\*" }], "ab", false],
  ["wildcard, a star that is there", [{ wildcard: "a\\*\\\\*" }], "a*\\b", true],
  ["any of several operators", [{ prefix: "a" }, { suffix: "z" }], "xyz", true],
])("%s: %j on %j is %p", (_case, expected, value, result) => {
  expect(matches({ detail: { x: expected } }, { detail: value === undefined ? {} : { x: value } })).toBe(result);
});

describe("members", () => {
  test.each<[string, unknown, Record<string, unknown>, boolean]>([
    ["all must match", { a: [1], b: [2] }, { a: 1, b: 3 }, false],
    ["others do not count", { a: [1] }, { a: 1, b: 3 }, true],
    ["below one that is not an object", { a: { b: [1] } }, { a: 1 }, false],
    ["below an object that is not there", { a: { b: [{ exists: false }] } }, {}, true],
    [
      "in the same element of an array",
      { a: { b: [1], c: [4] } },
      {
        a: [
          { b: 1, c: 2 },
          { b: 3, c: 4 },
        ],
      },
      false,
    ],
    [
      "in one element of an array",
      { a: { b: [3], c: [4] } },
      {
        a: [
          { b: 1, c: 2 },
          { b: 3, c: 4 },
        ],
      },
      true,
    ],
    ["one of $or", { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
    ["none of $or", { $or: [{ a: [1] }, { b: [2] }] }, { b: 1 }, false],
    ["$or beside others", { c: [1], $or: [{ a: [1] }, { b: [2] }] }, { a: 1, c: 2 }, false],
    ["$or further down", { d: { $or: [{ a: [{ numeric: ["<=", 5] }] }, { b: [2] }] } }, { d: { a: 4 } }, true],
    ["of a name that every object inherits", { constructor: [{ exists: true }] }, {}, false],
  ])("%s", (_case, pattern, event, result) => {
    expect(matches(pattern, event)).toBe(result);
  });
});

test.each<[unknown, RegExp]>([
  ["text", /Filter is not an object/],
  [{}, /Empty objects are not allowed/],
  [{ detail: {} }, /at detail: Empty objects/],
  [{ a: [] }, /at a: Empty arrays/],
  [{ a: "b" }, /"a" must be an object or an array/],
  [{ a: [["b"]] }, /Match value must be String/],
  [{ detail: { a: [{ regex: "b" }] } }, /at detail\.a: Unrecognized match type regex\. Known: anything-but, cidr,/],
  [{ a: [{ prefix: "a", suffix: "b" }] }, /Only one key/],
  [{ a: [{}] }, /Empty objects/],
  [{ a: [{ prefix: 1 }] }, /prefix match pattern must be a string/],
  [{ a: [{ suffix: { prefix: "a" } }] }, /suffix match pattern must be a string/],
  [{ a: [{ "equals-ignore-case": ["a"] }] }, /equals-ignore-case match pattern must be a string/],
  [{ a: [{ exists: "true" }] }, /either true or false/],
  [{ a: [{ "anything-but": ["a", 1] }] }, /all strings or all numbers/],
  [{ a: [{ "anything-but": [] }] }, /Empty arrays/],
  [{ a: [{ "anything-but": true }] }, /all strings or all numbers/],
  [{ a: [{ "anything-but": { numeric: ["=", 1] } }] }, /Unsupported anything-but pattern/],
  [{ a: [{ "anything-but": { prefix: [1] } }] }, /takes a string or a list/],
  [{ a: [{ numeric: "=" }] }, /must be an array/],
  [{ a: [{ numeric: ["~", 1] }] }, /Unrecognized numeric range operator: "~"/],
  [{ a: [{ numeric: ["=", "1"] }] }, /must be a number/],
  [{ a: [{ numeric: [">", 6e9] }] }, /between -5\.0e9 and/],
  [{ a: [{ numeric: ["=", 1, "<", 2] }] }, /a lower bound .* and an upper bound/],
  [{ a: [{ numeric: ["<", 1, ">", 0] }] }, /a lower bound .* and an upper bound/],
  [{ a: [{ numeric: [">", 1, "<", 1] }] }, /Bottom must be less than top/],
  [{ a: [{ cidr: "10.0.0.0" }] }, /Malformed CIDR/],
  [{ a: [{ cidr: "10.0.0.0/33" }] }, /Malformed CIDR/],
  [{ a: [{ wildcard: "a**b" }] }, /Consecutive wildcard/],
  [{ a: [{ wildcard: "a\\b" }] }, /Invalid escape character/],
  [{ $or: [] }, /\$or must be a list/],
  [{ $or: [{ a: [1] }, { b: 1 }] }, /at \$or\.1\.b: /],
])("%j is refused", (pattern, reason) => {
  expect(() => compilePattern(pattern)).toThrow(
    expect.objectContaining({ code: "InvalidEventPatternException", message: expect.stringMatching(reason) }),
  );
});

describe("laws", () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));

  test("a value matches itself, and exists", () => {
    fc.assert(
      fc.property(
        leaf,
        (value) => matches({ x: [value] }, { x: value }) && matches({ x: [{ exists: true }] }, { x: value }),
      ),
      seeded,
    );
  });

  test("anything-but is the opposite of its list for a single value", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (list, value) => {
        return matches({ x: [{ "anything-but": list }] }, { x: value }) !== matches({ x: list }, { x: value });
      }),
      seeded,
    );
  });

  test("a wildcard agrees with the regular expression that says the same", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
    const literals = fc.array(fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 2 }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(literals, text, fc.boolean(), (parts, value, open) => {
        const pattern = `${parts.join("*")}${open ? "*" : ""}`;
        const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(value);
        return matches({ x: [{ wildcard: pattern }] }, { x: value }) === expected;
      }),
      { ...seeded, numRuns: 2_000 },
    );
  });

  test("a numeric range is both of its bounds at once", () => {
    const operators = fc.tuple(fc.constantFrom(">", ">="), fc.constantFrom("<", "<="));
    fc.assert(
      fc.property(operators, fc.tuple(fc.integer(), fc.integer()), fc.integer(), ([lower, upper], bounds, value) => {
        const [from, to] = bounds.toSorted((a, b) => a - b);
        fc.pre(from !== to);
        const is = (numeric: unknown) => matches({ x: [{ numeric }] }, { x: value });
        return is([lower, from, upper, to]) === (is([lower, from]) && is([upper, to]));
      }),
      seeded,
    );
  });

  test("of $or, one that matches is enough", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 3 }),
        (any, x) => {
          return matches({ $or: any.map((each) => ({ x: [each] })) }, { x }) === any.includes(x);
        },
      ),
      seeded,
    );
  });
});
