import { describe, expect, test } from "@jest/globals";
import { control, rawCall } from "./raw-call.ts";
import { aTask } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

describe("POST /_local/faults", () => {
  test("changes what it names and keeps the rest", async () => {
    const { address } = await startedEmulator();

    await control(address, "POST faults", { all: { lostAnswer: { every: 3 }, throttled: { probability: 0.5 } } });
    await control(address, "POST faults", {
      all: { throttled: { probability: 0.1 } },
      CreateContact: { connectionReset: { next: 4 } },
    });

    const expected = {
      all: { lostAnswer: { every: 3 }, throttled: { probability: 0.1 } },
      CreateContact: { connectionReset: { next: 4 } },
    };
    expect(await control(address, "GET faults")).toEqual({ status: 200, body: expected });
    expect(await control(address, "POST faults", {})).toEqual({ status: 200, body: expected });
  });

  test("null takes away a rule, or all rules of a scope", async () => {
    const { address } = await startedEmulator({
      faults: { all: { lostAnswer: { every: 3 }, accessDenied: { next: 1 } }, StopContact: { throttled: { next: 1 } } },
    });

    await control(address, "POST faults", { all: { accessDenied: null }, StopContact: null });

    expect((await control(address, "GET faults")).body).toEqual({ all: { lostAnswer: { every: 3 } } });
  });

  test("DELETE takes away all of them", async () => {
    const started = await startedEmulator({ faults: { all: { throttled: { probability: 1 } } } });

    expect(await control(started.address, "DELETE faults")).toEqual({ status: 200, body: {} });
    expect(await rawCall(started.address, { body: JSON.stringify(aTask()) })).toMatchObject({ status: 200 });
  });

  test("GET shows how many of the next ones are left, so that what it says could be set again", async () => {
    const started = await startedEmulator({ faults: { all: { throttled: { next: 3 } } } });

    await rawCall(started.address, { body: JSON.stringify(aTask()) });

    expect((await control(started.address, "GET faults")).body).toEqual({ all: { throttled: { next: 2 } } });
  });

  test("GET shows no rule that is spent", async () => {
    const started = await startedEmulator({ faults: { all: { throttled: { next: 1 } } } });

    await rawCall(started.address, { body: JSON.stringify(aTask()) });

    expect((await control(started.address, "GET faults")).body).toEqual({});
  });

  test.each<[string, unknown, string]>([
    ["an unknown scope", { al: {} }, 'Unrecognized key: "al"'],
    ["an unknown fault", { all: { lostAnswr: { every: 3 } } }, 'Unrecognized key: "lostAnswr"'],
    ["an unknown member", { all: { throttled: { evry: 3 } } }, 'Unrecognized key: "evry"'],
    ["two chances", { all: { throttled: { every: 3, next: 1 } } }, "takes exactly one of probability, every, next"],
    ["no chance", { all: { throttled: {} } }, "takes exactly one of probability, every, next"],
    ["a probability above one", { all: { throttled: { probability: 30 } } }, "all.throttled.probability"],
    ["every zeroth", { all: { throttled: { every: 0 } } }, "all.throttled.every"],
    ["a delay without its range", { all: { delayAfter: { every: 1 } } }, "all.delayAfter.minMs"],
    [
      "a range that is upside down",
      { all: { delayAfter: { every: 1, minMs: 2, maxMs: 1 } } },
      "minMs must not exceed maxMs",
    ],
    ["an unknown reason", { all: { atCapacity: { every: 1, reason: "FULL" } } }, "all.atCapacity.reason"],
    [
      "a cap on what makes nothing",
      { StopContact: { atCapacity: { every: 1 } } },
      'StopContact: Unrecognized key: "atCapacity"',
    ],
    ["a list", [], "expected"],
  ])("refuses %s, changes nothing, and lists the names", async (_case, update, sentence) => {
    const { address } = await startedEmulator();

    const { status, body } = await control(address, "POST faults", update);

    expect(status).toBe(400);
    expect(body).toEqual({ message: expect.stringContaining(sentence) });
    expect(body).toEqual({ message: expect.stringMatching(/StartEmailContact.*lostAnswer.*probability/) });
    expect((await control(address, "GET faults")).body).toEqual({});
  });

  test("from code, setFaults throws the same sentence", async () => {
    const { emulator } = await startedEmulator();

    expect(() => emulator.setFaults({ all: { throttled: { probability: 2 } } })).toThrow("all.throttled.probability");
  });
});
