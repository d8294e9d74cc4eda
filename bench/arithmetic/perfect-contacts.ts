import type { Quota } from "../quota-of-connect.ts";
import { secondsOf, type TimeWindow } from "./time-window.ts";

/** What a perfect caller makes from a full bucket in this time, and nobody more: burst + rate · t. */
export const perfectContacts = ({ ratePerSecond, burst }: Quota, window: TimeWindow): number =>
  burst + ratePerSecond * secondsOf(window);
