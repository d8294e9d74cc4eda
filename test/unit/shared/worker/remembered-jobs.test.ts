import { describe, expect, test } from "@jest/globals";
import { MOST_AGE_OF_JOBS_MS } from "#shared/worker/most-age-of-jobs-ms.ts";
import { RememberedJobs } from "#shared/worker/remembered-jobs.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

/** Jobs that can be cancelled under the eyes of whoever remembers them. */
function scene() {
  const clock = new ManualClock();
  const cancelled = new Set<string>();
  const asked: string[] = [];
  const world = { clock, cancelled, asked, isGone: false };
  const isCancelled = async (job: string) => {
    asked.push(job);
    if (world.isGone) throw new Error("The table is gone.");
    return cancelled.has(job);
  };
  return { clock, cancelled, asked, world, jobs: new RememberedJobs({ isCancelled }, clock) };
}

describe("what is remembered of jobs", () => {
  test.each([
    ["a job that goes on", false],
    ["a cancelled job", true],
  ])("lasts a second: %s is asked for once in it", async (_what, isCancelled) => {
    const { asked, cancelled, clock, jobs } = scene();
    if (isCancelled) cancelled.add("spring");
    expect(await jobs.isCancelled("spring")).toBe(isCancelled);
    clock.advance(MOST_AGE_OF_JOBS_MS - 1);
    expect(await jobs.isCancelled("spring")).toBe(isCancelled);
    expect(asked).toEqual(["spring"]);
    clock.advance(1);
    await jobs.isCancelled("spring");
    expect(asked).toEqual(["spring", "spring"]);
  });

  test("is of one job only", async () => {
    const { cancelled, jobs } = scene();
    cancelled.add("spring");
    expect([await jobs.isCancelled("autumn"), await jobs.isCancelled("spring")]).toEqual([false, true]);
  });

  test("counts from the question: a slow answer is old when it comes, also for who asked", async () => {
    const { asked, cancelled, clock, jobs } = scene();
    const first = jobs.isCancelled("spring");
    clock.advance(MOST_AGE_OF_JOBS_MS);
    cancelled.add("spring");
    expect([await first, await jobs.isCancelled("spring")]).toEqual([true, true]);
    expect(asked).toHaveLength(2);
  });

  test("is nothing where every answer takes too long", async () => {
    const clock = new ManualClock();
    const isCancelled = async () => {
      clock.advance(MOST_AGE_OF_JOBS_MS);
      return false;
    };
    await expect(new RememberedJobs({ isCancelled }, clock).isCancelled("spring")).rejects.toThrow(/takes too long/);
  });

  test("that a job was cancelled is true however long the answer took", async () => {
    const clock = new ManualClock();
    const isCancelled = async () => {
      clock.advance(MOST_AGE_OF_JOBS_MS);
      return true;
    };
    expect(await new RememberedJobs({ isCancelled }, clock).isCancelled("spring")).toBe(true);
  });

  test("is asked for once by all rows that wait for the same answer", async () => {
    const { asked, jobs } = scene();
    await Promise.all(Array.from({ length: 10 }, async () => await jobs.isCancelled("spring")));
    expect(asked).toHaveLength(1);
  });

  test("is not an answer that failed", async () => {
    const { jobs, world } = scene();
    world.isGone = true;
    await expect(jobs.isCancelled("spring")).rejects.toThrow("The table is gone.");
    world.isGone = false;
    expect(await jobs.isCancelled("spring")).toBe(false);
  });

  test("is worth nothing when the clock is set back", async () => {
    const { asked, clock, jobs } = scene();
    await jobs.isCancelled("spring");
    clock.advance(-1);
    await jobs.isCancelled("spring");
    expect(asked).toHaveLength(2);
  });
});
