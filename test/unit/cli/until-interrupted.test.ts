import { once } from "node:events";
import { expect, test } from "@jest/globals";
import { untilInterrupted } from "#cli/until-interrupted.ts";

test.each([["SIGINT"], ["SIGTERM"], ["SIGHUP"]] as const)(
  "%s aborts the work, and is named at its end",
  async (name) => {
    const came = untilInterrupted(async (signal) => {
      setImmediate(() => process.emit(name, name));
      await once(signal, "abort");
      signal.throwIfAborted();
    });

    expect(await came).toBe(name);
    expect(process.listenerCount(name)).toBe(0);
  },
);

test("work that ends by itself was interrupted by nothing, and its errors are its own", async () => {
  expect(await untilInterrupted(async () => undefined)).toBeUndefined();
  await expect(untilInterrupted(async () => Promise.reject(new Error("own")))).rejects.toThrow("own");
});
