import type { Clock } from "../clock.ts";
import { emptied, intervalMs, nextSlot } from "./gcra.ts";
import type { Pace } from "./pace.ts";
import { afterRefusal, gate, type Pause, type PauseSettings, withoutProbe, withProbe } from "./pause.ts";
import type { Slot, SlotAnswer, SlotReport, SlotRequest } from "./slot.ts";

/** So many answers of one bad kind in a row say something about the account, not about one request. */
const STREAK = 5;

/**
 * The rate limiter of one process that speaks with no other: it keeps to its own part of the quota of one Connect API.
 * Invariant: in any window of t seconds it grants at most burst + rate · t slots, probes included.
 */
export class ProcessRateLimiter {
  readonly #pace: Pace;
  readonly #pauseSettings: PauseSettings;
  readonly #clock: Clock;
  readonly #pauses = new Map<string, Pause>();
  #theoreticalMs = 0;
  #lastAcceptedAtMs: number | undefined;
  #streak: { readonly report: SlotReport; readonly length: number } = { report: "other", length: 0 };

  constructor(pace: Pace, pauseSettings: PauseSettings, clock: Clock) {
    this.#pace = pace;
    this.#pauseSettings = pauseSettings;
    this.#clock = clock;
  }

  async takeSlot(request: SlotRequest): Promise<SlotAnswer> {
    const nowMs = this.#clock.now();
    const closed = this.#closedUntil(request, nowMs);
    if (closed !== undefined) return { kind: "paused", untilMs: closed };

    const { atMs, theoreticalMs } = nextSlot(this.#theoreticalMs, nowMs, this.#pace);
    if (atMs > request.latestMs) return { kind: "none-in-time" };
    this.#theoreticalMs = theoreticalMs;
    if (atMs > nowMs) await this.#clock.sleep(atMs - nowMs);
    return this.#grantNow(request, atMs);
  }

  report(slot: Slot, report: SlotReport): void {
    const nowMs = this.#clock.now();
    if (report === "unused") this.#theoreticalMs -= intervalMs(this.#pace);
    if (report === "accepted") this.#lastAcceptedAtMs = nowMs;
    if (report === "throttled") this.#theoreticalMs = emptied(this.#theoreticalMs, nowMs, this.#pace);
    if (slot.isProbe) this.#endProbe(slot.request, report);
    if (report === "at-capacity") this.#pause(capacityKey(slot.request), nowMs);
    this.#followStreak(report, nowMs);
  }

  /** A pause may have begun while the slot was waited for. */
  #grantNow(request: SlotRequest, atMs: number): SlotAnswer {
    const nowMs = this.#clock.now();
    const closed = this.#closedUntil(request, nowMs);
    if (closed !== undefined) {
      this.#theoreticalMs -= intervalMs(this.#pace);
      return { kind: "paused", untilMs: closed };
    }
    const isProbe = this.#sendProbe(request, nowMs);
    const lastAcceptedAtMs = this.#lastAcceptedAtMs;
    const slot = { request, atMs, isProbe, ...(lastAcceptedAtMs !== undefined && { lastAcceptedAtMs }) };
    return { kind: "granted", slot };
  }

  #closedUntil(request: SlotRequest, nowMs: number): number | undefined {
    for (const key of pauseKeys(request)) {
      const state = gate(this.#pauses.get(key), nowMs);
      if (state.kind === "closed") return state.untilMs;
    }
    return undefined;
  }

  #sendProbe(request: SlotRequest, nowMs: number): boolean {
    let isProbe = false;
    for (const key of pauseKeys(request)) {
      const pause = this.#pauses.get(key);
      if (pause === undefined) continue;
      this.#pauses.set(key, withProbe(pause, nowMs, this.#pauseSettings));
      isProbe = true;
    }
    return isProbe;
  }

  #endProbe(request: SlotRequest, report: SlotReport): void {
    for (const key of pauseKeys(request)) {
      const pause = this.#pauses.get(key);
      if (pause === undefined) continue;
      if (report === "accepted") this.#pauses.delete(key);
      else this.#pauses.set(key, withoutProbe(pause));
    }
  }

  #pause(key: string, nowMs: number): void {
    this.#pauses.set(key, afterRefusal(this.#pauses.get(key), nowMs, this.#pauseSettings));
  }

  #followStreak(report: SlotReport, nowMs: number): void {
    if (report === "unused") return;
    const length = this.#streak.report === report ? this.#streak.length + 1 : 1;
    this.#streak = { report, length };
    if (length < STREAK) return;
    if (report === "denied") this.#pause(EVERYTHING, nowMs);
    if (report === "transient") this.#theoreticalMs = emptied(this.#theoreticalMs, nowMs, this.#pace);
  }
}

const EVERYTHING = "*";

/** Too many open e-mails must not stop tasks. */
const capacityKey = ({ channel }: SlotRequest): string => `open contacts ${channel ?? "of every channel"}`;

const pauseKeys = (request: SlotRequest): readonly string[] => [EVERYTHING, capacityKey(request)];
