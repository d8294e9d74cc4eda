import { jest } from "@jest/globals";

/** Runs an action, and tells how many characters each JSON.parse meanwhile was given. */
export async function parseLengths<T>(action: () => T | Promise<T>): Promise<{ result: T; lengths: number[] }> {
  const spy = jest.spyOn(JSON, "parse");
  try {
    const result = await action();
    return { result, lengths: spy.mock.calls.map(([text]) => text.length) };
  } finally {
    spy.mockRestore();
  }
}
