import { describe, expect, test } from "@jest/globals";
import { Bell } from "#producer/bell.ts";

async function isHeard(bell: Bell): Promise<boolean> {
  let heard = false;
  void bell.heard().then(() => {
    heard = true;
  });
  await new Promise(setImmediate);
  return heard;
}

describe("a bell", () => {
  test("is heard by who waits for it, and only when it is rung", async () => {
    const bell = new Bell();
    expect(await isHeard(bell)).toBe(false);

    const next = bell.heard();
    bell.ring();
    await expect(next).resolves.toBeUndefined();
  });

  test("is not missed when it rings before anybody waits, and then is heard once", async () => {
    const bell = new Bell();
    bell.ring();
    bell.ring();

    expect(await isHeard(bell)).toBe(true);
    expect(await isHeard(bell)).toBe(false);
  });
});
