import { describe, expect, test } from "@jest/globals";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import { anOutboundEmailRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { aWorker } from "#test/support/a-worker.ts";
import { aCsvJob, aRequestsJob } from "./a-job.ts";
import { completed, iso, ms, NOW, planned, reasonsOf, requests, rowsOf } from "./plan-world.ts";

describe("the time that a plan reckons", () => {
  test("is that of the quota, from now on, without hours", async () => {
    const { schedule, pace } = await planned(rowsOf(1_004), completed());
    expect(pace).toEqual({ api: "CreateContact", ratePerSecond: 2, burst: 4 });
    expect(schedule).toEqual({ quotaMs: 500_000, beginsMs: ms(NOW), endsMs: ms(NOW) + 500_000, waiting: 0 });
  });

  test("counts each key once", async () => {
    const { schedule } = await planned(`id,name\n${"1,x\n".repeat(1_000)}`, completed());
    expect(schedule?.quotaMs).toBe(0);
  });

  test("goes on in open hours only, and what is left at their end waits", async () => {
    const sendingHours = { from: "12:00", to: "12:05", timeZone: "UTC" };
    // In five minutes 4 + 600 of them.
    const { schedule } = await planned(rowsOf(1_004), completed({ sendingHours }));
    expect(schedule).toMatchObject({ quotaMs: 500_000, waiting: 400 });
    // On the next day the quota has rested, and 4 leave at once.
    expect(iso(schedule?.endsMs)).toBe("2026-11-21T12:03:18.000Z");
  });

  test("begins with the hours, and all rows wait for them", async () => {
    const sendingHours = { from: "13:00", to: "20:00", timeZone: "UTC" };
    const { schedule } = await planned(rowsOf(1_004), completed({ sendingHours }));
    expect(iso(schedule?.beginsMs)).toBe("2026-11-20T13:00:00.000Z");
    expect(iso(schedule?.endsMs)).toBe("2026-11-20T13:08:20.000Z");
    expect(schedule?.waiting).toBe(1_004);
  });

  test("is that of each row's own hours where rows differ", async () => {
    const hours = [
      { from: "00:00", to: "12:00", timeZone: "UTC" },
      { from: "06:00", to: "23:00", timeZone: "UTC" },
    ];
    const file = requests(10, (index) => ({
      ...aTaskRequest({ requestId: `spring/${index}`, input: { InitiateAs: "COMPLETED" } }),
      sendingHours: hours[index % 2],
    }));
    const { schedule } = await planned(file, aRequestsJob());
    expect(iso(schedule?.beginsMs)).toBe("2026-11-20T12:00:00.000Z");
    expect(iso(schedule?.endsMs)).toBe("2026-11-21T00:00:00.500Z");
    expect(schedule?.waiting).toBe(5);
  });

  test("waits for the rows' own notBefore", async () => {
    const file = `id,name,at\n${Array.from({ length: 1_004 }, (_, index) => `${index},x,2026-11-2${index < 504 ? 3 : 0}T00:00:00Z\n`).join("")}`;
    const plan = await planned(file, completed({ notBefore: "{{at}}" }));
    expect(iso(plan.schedule?.endsMs)).toBe("2026-11-23T00:04:10.000Z");
    expect(plan.schedule?.waiting).toBe(504);
  });

  test("is that of the notBefore whose rows end last, which need not be the latest", async () => {
    const at = (index: number) => `2026-11-23T00:0${index < 1_000 ? 0 : 1}:00Z`;
    const file = `id,name,at\n${Array.from({ length: 1_001 }, (_, index) => `${index},x,${at(index)}\n`).join("")}`;
    const { schedule } = await planned(file, completed({ notBefore: "{{at}}" }));
    expect(iso(schedule?.endsMs)).toBe("2026-11-23T00:08:18.500Z");
  });

  test("is null where no row is good", async () => {
    const plan = await planned("id,name\n,x\n");
    expect(plan).toMatchObject({ schedule: null, contacts: 0, verdict: { kind: "impossible" } });
    expect(reasonsOf(plan)).toEqual([expect.stringContaining("No row is good")]);
  });
});

describe("a row is too old", () => {
  const template = (() => {
    const { requestId: _ownOfEachRow, ...all } = anOutboundEmailRequest();
    return all;
  })();

  test("an hour sooner where it is an outbound e-mail, just when the worker makes no draft of it any more", async () => {
    const { sentAtMs } = aDelivery();
    const job = aCsvJob({ operation: "OutboundEmail", template });
    const { staleMs } = await planned(rowsOf(1), job, { nowMs: sentAtMs });
    expect(staleMs).toBe((await planned(rowsOf(1), aCsvJob(), { nowMs: sentAtMs })).staleMs - 3_600_000);
    const callsAt = async (atMs: number): Promise<number> => {
      const started = { kind: "started", contactId: "one" } as const;
      const bench = aWorker({ operation: "OutboundEmail", answers: [started, started] });
      bench.clock.advance(atMs - bench.clock.now());
      await handleDelivery(aDelivery({ request: anOutboundEmailRequest(), sentAtMs }), atMs + 60_000, bench.worker);
      return bench.calls.length;
    };
    expect([await callsAt(staleMs - 1), await callsAt(staleMs)]).toEqual([2, 0]);
  });
});
