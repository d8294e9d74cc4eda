import { describe, expect, test } from "@jest/globals";
import { atLeast, atMost } from "#bench/report/target.ts";

describe("a target", () => {
  test.each([
    { target: atLeast("use", 0.97, 0.97), met: true },
    { target: atLeast("use", 0.9699, 0.97), met: false },
    { target: atLeast("use", null, 0.97), met: false },
    { target: atMost("throttled", 1, 1), met: true },
    { target: atMost("throttled", 1.01, 1), met: false },
    { target: atMost("throttled", null, 1), met: false },
  ])("$target.target is met by $target.measured: $met", ({ target, met }) => {
    expect(target.met).toBe(met);
  });
});
