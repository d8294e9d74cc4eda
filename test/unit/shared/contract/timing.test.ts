import { describe, expect, test } from "@jest/globals";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { issuesIn } from "./issues-in.ts";

const HOURS = { from: "09:00", to: "20:00", timeZone: "Europe/Berlin" };
const issuesWith = (members: object) => issuesIn({ ...aTaskRequest(), ...members });
const issuesOfHours = (hours: unknown) => issuesWith({ sendingHours: hours });

describe("notBefore", () => {
  test.each<[string, object, readonly string[]]>([
    ["a moment with a zone", { notBefore: "2026-12-01T09:00:00+01:00" }, []],
    ["a moment of 64 characters", { notBefore: `2026-12-01T09:00:00.${"0".repeat(43)}Z` }, []],
    ["a longer moment", { notBefore: `2026-12-01T09:00:00.${"0".repeat(44)}Z` }, ["notBefore too-long"]],
    ["a moment without a zone", { notBefore: "2026-12-01T09:00:00" }, ["notBefore pattern"]],
    [
      "a millisecond before expiresAt",
      { notBefore: "2026-12-01T08:59:59.999Z", expiresAt: "2026-12-01T09:00:00Z" },
      [],
    ],
    [
      "the moment of expiresAt, in another zone",
      { notBefore: "2026-12-01T10:00:00+01:00", expiresAt: "2026-12-01T09:00:00Z" },
      ["notBefore conflict"],
    ],
    [
      "after expiresAt",
      { notBefore: "2026-12-02T09:00:00Z", expiresAt: "2026-12-01T09:00:00Z" },
      ["notBefore conflict"],
    ],
    [
      "after an expiresAt that cannot be read",
      { notBefore: "2026-12-02T09:00:00Z", expiresAt: "tomorrow" },
      ["expiresAt pattern"],
    ],
  ])("%s", (_what, members, issues) => expect(issuesWith(members)).toEqual(issues));

  test("is compared with expiresAt whatever else is wrong", () => {
    const candidate = { requestId: "a b", operation: "X", input: {}, notBefore: "2026-12-02T09:00:00Z" };
    expect(issuesIn({ ...candidate, expiresAt: "2026-12-01T09:00:00Z" })).toEqual([
      "requestId pattern",
      "operation not-allowed",
      "notBefore conflict",
    ]);
  });
});

describe("sendingHours", () => {
  test.each<[string, unknown, readonly string[]]>([
    ["hours of a day", HOURS, []],
    ["hours over midnight", { ...HOURS, from: "22:00", to: "06:00" }, []],
    ["a day to its very end", { ...HOURS, from: "00:00", to: "24:00" }, []],
    ["hours that end at midnight", { ...HOURS, to: "00:00" }, []],
    ["no hours at all", { ...HOURS, to: "09:00" }, ["sendingHours.to conflict"]],
    ["a day that begins at its end", { ...HOURS, from: "24:00" }, ["sendingHours.from pattern"]],
    ["a time beyond the day", { ...HOURS, to: "24:01" }, ["sendingHours.to pattern"]],
    ["a time with seconds", { ...HOURS, to: "20:00:00" }, ["sendingHours.to pattern"]],
    ["a time without its zero", { ...HOURS, from: "9:00" }, ["sendingHours.from pattern"]],
    ["a number", { ...HOURS, from: 9 }, ["sendingHours.from wrong-type"]],
    ["no time zone", { from: "09:00", to: "20:00" }, ["sendingHours.timeZone required"]],
    ["a time zone of an island", { ...HOURS, timeZone: "Australia/Lord_Howe" }, []],
    ["UTC", { ...HOURS, timeZone: "UTC" }, []],
    [
      "a place that has no time zone",
      { ...HOURS, timeZone: "Europe/Bielefeld" },
      ["sendingHours.timeZone not-allowed"],
    ],
    ["an offset, which knows no summer", { ...HOURS, timeZone: "+01:00" }, ["sendingHours.timeZone not-allowed"]],
    ["an empty time zone", { ...HOURS, timeZone: "" }, ["sendingHours.timeZone too-short"]],
    ["a member too many", { ...HOURS, days: ["MON"] }, ['sendingHours["days"] unknown-member']],
    ["a text", "09:00-20:00", ["sendingHours wrong-type"]],
  ])("%s", (_what, hours, issues) => expect(issuesOfHours(hours)).toEqual(issues));
});
