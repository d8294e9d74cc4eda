import { expect, test } from "@jest/globals";
import { beforeInterruption } from "#cli/backfill/files/before-interruption.ts";

/** Somebody else listens, so that the process does not end. */
function listening(signal: NodeJS.Signals, work: () => void): void {
  const listener = () => undefined;
  process.on(signal, listener);
  try {
    work();
    expect(process.listeners(signal)).toEqual([listener]);
  } finally {
    process.off(signal, listener);
  }
}

test.each([["SIGINT"], ["SIGTERM"], ["SIGHUP"]] as const)("at the first %s it is done once", (signal) => {
  let done = 0;
  listening(signal, () => {
    beforeInterruption(() => {
      done += 1;
    });
    process.emit(signal, signal);
    process.emit(signal, signal);
  });
  expect(done).toBe(1);
});

test("what was taken back is not done", () => {
  let done = 0;
  listening("SIGINT", () => {
    const takeBack = beforeInterruption(() => {
      done += 1;
    });
    takeBack();
    process.emit("SIGINT", "SIGINT");
  });
  expect(done).toBe(0);
});
