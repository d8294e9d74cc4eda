import { describe, expect, test } from "@jest/globals";
import {
  afterRefusal,
  gate,
  type Pause,
  type PauseSettings,
  withoutProbe,
  withProbe,
} from "#shared/rate-limiter/pause.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SETTINGS: PauseSettings = {
  firstMs: MINUTE,
  maxMs: 15 * MINUTE,
  longAfterMs: 24 * HOUR,
  longMs: HOUR,
  probeLeaseMs: 10_000,
};

describe("a pause", () => {
  test("lasts 1, 2, 4, 8, then 15 minutes, and an hour after a day without room", () => {
    const lengths: number[] = [];
    let pause: Pause | undefined;
    for (let nowMs = 0; nowMs < 30 * HOUR; nowMs = pause.untilMs) {
      pause = afterRefusal(pause, nowMs, SETTINGS);
      lengths.push((pause.untilMs - nowMs) / MINUTE);
    }
    expect(lengths.slice(0, 6)).toEqual([1, 2, 4, 8, 15, 15]);
    expect(lengths.at(-1)).toBe(60);
    expect(lengths.filter((length) => length === 60)).toHaveLength(6);
  });

  test("is not lengthened by the refusals of calls that left before it", () => {
    const pause = afterRefusal(undefined, 0, SETTINGS);
    expect(afterRefusal(pause, MINUTE - 1, SETTINGS)).toBe(pause);
  });

  test("ends with one probe, and another if that one dies", () => {
    const pause = afterRefusal(undefined, 0, SETTINGS);
    expect(gate(undefined, 0)).toEqual({ kind: "open" });
    expect(gate(pause, MINUTE - 1)).toEqual({ kind: "closed", untilMs: MINUTE });
    expect(gate(pause, MINUTE)).toEqual({ kind: "probe" });
    const probed = withProbe(pause, MINUTE, SETTINGS);
    expect(gate(probed, MINUTE)).toEqual({ kind: "closed", untilMs: MINUTE + 10_000 });
    expect(gate(probed, MINUTE + 10_000)).toEqual({ kind: "probe" });
  });

  test("lets the next one probe when a probe learned nothing", () => {
    const probed = withProbe(afterRefusal(undefined, 0, SETTINGS), MINUTE, SETTINGS);
    expect(gate(withoutProbe(probed), MINUTE)).toEqual({ kind: "probe" });
  });
});
