import { describe, expect, test } from "@jest/globals";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import type { IssueCode } from "#shared/contract/issue.ts";
import { CONNECT_APIS } from "#shared/contract/operation.ts";
import { printReadable } from "#shared/contract/print-readable.ts";
import { applyChange } from "./apply-change.ts";
import { MODEL_CASES, type ModelCase } from "./model-cases.ts";
import { SCENES } from "./scenes.ts";
import { STRICTER_THAN_THE_MODEL } from "./stricter-than-the-model.ts";

const nameOf = ({ operation, place, label }: ModelCase): string => `${operation} ${place.join(".")}: ${label}`;

const attempts = (one: ModelCase) =>
  SCENES[one.operation].flatMap((scene) => {
    const changed = applyChange(scene, one);
    return changed === undefined ? [] : [{ ...changed, parsed: parseContactRequest(changed.request) }];
  });

const pathOf = (path: Parameters<typeof printReadable>[0]["path"]): string =>
  printReadable({ path, code: "pattern", message: "" }).path;

const isLetThrough = (one: ModelCase): boolean => attempts(one).some(({ parsed }) => parsed.ok);

/** What the contract calls the trouble with a case that the model refuses, where the case's label says enough. */
const CODES: Readonly<Record<string, readonly IssueCode[]>> = {
  // A text outside of a fixed set is that, whatever its length.
  "min-1": ["too-short", "too-small", "not-allowed"],
  "max+1": ["too-long", "too-large", "not-allowed"],
  "min-1 items": ["too-short"],
  "max+1 items": ["too-long"],
  "left out": ["required"],
  unknown: ["unknown-member"],
  null: ["wrong-type"],
  true: ["wrong-type"],
  text: ["wrong-type"],
  "a number": ["wrong-type"],
  "a list": ["wrong-type"],
  "an object": ["wrong-type"],
  "a fraction": ["wrong-type"],
};

const codesOf = ({ label }: ModelCase): readonly IssueCode[] => CODES[label] ?? ["pattern", "not-allowed", "too-short"];

const listed = STRICTER_THAN_THE_MODEL.flatMap(({ place, labels }) => labels.map((label) => `${place}: ${label}`));

/** The one thing where the contract asks for less: the deployment's first instance is filled in. */
const isFilledInByTheDeployment = ({ place, label }: ModelCase): boolean =>
  place.join() === "InstanceId" && label === "left out";

describe.each(CONNECT_APIS)("the contract of %s and the model of Amazon Connect", (operation) => {
  const cases = MODEL_CASES.filter((one) => one.operation === operation);

  test("the model gives cases of both kinds", () => {
    expect(cases.filter((one) => one.isInModel).length).toBeGreaterThan(30);
    expect(cases.filter((one) => !one.isInModel).length).toBeGreaterThan(60);
  });

  test("there is a valid request for every place of the model", () => {
    expect(SCENES[operation].map((scene) => parseContactRequest(scene).ok)).not.toContain(false);
    expect(cases.filter((one) => attempts(one).length === 0).map(nameOf)).toEqual([]);
  });

  test("what the model refuses is refused, at its place and for its reason", () => {
    const refusals = cases.filter((one) => !one.isInModel && !isFilledInByTheDeployment(one));
    const missed = refusals.filter(
      (one) =>
        !attempts(one).every(
          ({ parsed, path }) =>
            !parsed.ok &&
            parsed.error.some((issue) => pathOf(issue.path) === pathOf(path) && codesOf(one).includes(issue.code)),
        ),
    );
    expect(missed.map(nameOf)).toEqual([]);
  });

  test("what the model takes is let through, but for the places named in the list", () => {
    const refused = cases.filter((one) => one.isInModel && !isLetThrough(one)).map(nameOf);
    expect(refused.filter((name) => !listed.includes(name))).toEqual([]);
  });
});

test("the list of places where the contract is stricter names no place too many", () => {
  const refused = new Set(MODEL_CASES.filter((one) => one.isInModel && !isLetThrough(one)).map(nameOf));
  expect(listed.filter((name) => !refused.has(name))).toEqual([]);
});

test("the instance may be left out, though the model asks for it", () => {
  const leftOut = MODEL_CASES.filter(isFilledInByTheDeployment);
  expect(leftOut).toHaveLength(CONNECT_APIS.length);
  expect(leftOut.map(isLetThrough)).not.toContain(false);
});
