import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { isObject } from "#shared/contract/is-object.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { printRedacted } from "#shared/contract/print-redacted.ts";
import { SCENES } from "./scenes.ts";

const SEED = { seed: 20_261_120 };
const MARKER = "Xq7";

const scenes = OPERATIONS.flatMap((operation) => SCENES[operation]);

const names = [
  "requestId",
  "operation",
  "input",
  "source",
  "expiresAt",
  "__proto__",
  "constructor",
  "Attributes",
  "Name",
];

/** JSON as hostile as JSON.parse can make it, with names that mean something here. */
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, -0, 1e308, 2 ** 53, "", "CreateContact", "\ud800", "2026-12-01T09:00:00Z"),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), tie("value")), { maxLength: 5 })
      .map((entries) => withOwnKeys(entries)),
  ),
})).value;

/** As JSON.parse does it: `__proto__` becomes a member like any other. */
const withOwnKeys = (entries: readonly (readonly [string, unknown])[]): object => {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
};

type Path = readonly (string | number)[];

const pathsIn = (value: unknown, path: Path = []): readonly Path[] => {
  const below = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, child]) => pathsIn(child, [...path, key]))];
};

const replaced = (value: unknown, [step, ...rest]: Path, replacement: unknown): unknown => {
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === Number(step) ? replaced(item, rest, replacement) : item));
  if (!isObject(value)) return replacement;
  return withOwnKeys(
    Object.entries(value).map(([key, child]) => [key, key === step ? replaced(child, rest, replacement) : child]),
  );
};

/** A valid request with one thing in it replaced by anything. */
const mutated = fc
  .constantFrom(...scenes)
  .chain((scene) =>
    fc.tuple(fc.constantFrom(...pathsIn(scene)), anyJson).map(([path, value]) => replaced(scene, path, value)),
  );

const attributeKey = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_"), minLength: 1, maxLength: 20 });
const texts = {
  Name: fc.string({ unit: "binary", maxLength: 200 }),
  Description: fc.string({ unit: "grapheme", maxLength: 200 }),
};

const validRequest = fc
  .tuple(
    fc.constantFrom(...SCENES.StartEmailContact, ...SCENES.CreateContact),
    fc.record({
      ...texts,
      Attributes: fc.dictionary(
        attributeKey.filter((key) => key !== "__proto__"),
        fc.string({ unit: "binary", maxLength: 50 }),
      ),
    }),
  )
  .map(([scene, members]) => ({ ...scene, input: { ...scene.input, ...members } }));

describe("the contract", () => {
  test("never throws, and refuses nothing without an issue", () => {
    const law = fc.property(fc.oneof(anyJson, mutated), (candidate) => {
      const parsed = parseContactRequest(candidate);
      return parsed.ok || parsed.error.length > 0;
    });
    fc.assert(law, { ...SEED, numRuns: 2000 });
  });

  test("changes neither what it lets through nor what it is given", () => {
    const law = fc.property(validRequest, (candidate) => {
      const before = structuredClone(candidate);
      expect(parseContactRequest(candidate)).toEqual({ ok: true, value: before });
      expect(candidate).toEqual(before);
    });
    fc.assert(law, { ...SEED, numRuns: 500 });
  });

  test("lets through whatever it let through before", () => {
    const law = fc.property(mutated, (candidate) => {
      const once = parseContactRequest(candidate);
      if (once.ok) expect(parseContactRequest(once.value)).toEqual(once);
    });
    fc.assert(law, { ...SEED, numRuns: 1000 });
  });
});

describe("issues, redacted,", () => {
  const isSilent = (candidate: unknown): boolean => {
    const parsed = parseContactRequest(candidate);
    return parsed.ok || !JSON.stringify(parsed.error.map(printRedacted)).includes(MARKER);
  };

  test.each(scenes.map((scene, index) => [`${scene.operation} ${index}`, scene] as const))(
    "hold no value, wherever it stands: %s",
    (_name, scene) => {
      const wrong = [
        MARKER,
        `${MARKER} `.repeat(9000),
        [MARKER],
        { [MARKER]: MARKER },
        { [`${MARKER} x`]: { [MARKER]: MARKER } },
      ];
      const loud = pathsIn(scene).flatMap((path) =>
        wrong.map((value) => replaced(scene, path, value)).filter((one) => !isSilent(one)),
      );
      expect(loud).toEqual([]);
    },
  );

  test.each(scenes.map((scene, index) => [`${scene.operation} ${index}`, scene] as const))(
    "hold no key, wherever it stands: %s",
    (_name, scene) => {
      const added = (path: Path): unknown => {
        const place = path.reduce<unknown>(
          (value, step) => (isObject(value) ? value[step] : Array.isArray(value) ? value[Number(step)] : value),
          scene,
        );
        return isObject(place) ? replaced(scene, path, { ...place, [`${MARKER} key`]: { [MARKER]: 1 } }) : undefined;
      };
      const candidates = pathsIn(scene)
        .map(added)
        .filter((one) => one !== undefined);
      expect(candidates.filter((one) => parseContactRequest(one).ok)).toEqual([]);
      expect(candidates.filter((one) => !isSilent(one))).toEqual([]);
    },
  );
});
