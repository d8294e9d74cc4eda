import type { GoodRow } from "../judge-candidate.ts";
import { PlaceCounts } from "./place-counts.ts";
import type { PlanTerms } from "./plan-terms.ts";
import { RowCount } from "./row-count.ts";
import { RowGroups } from "./row-groups.ts";
import { RowProspects } from "./row-prospects.ts";

/** What rows ask of time and places, in a memory that does not grow with the file. Takes one row of each key. */
export class RowFacts {
  /** Of the rows that can be sent before they expire; the others take neither time nor a place. */
  readonly groups = new RowGroups();
  readonly places: PlaceCounts;
  /** Rows that have expired already. */
  readonly expired = new RowCount();
  /** Rows that expire later, but before they may be sent first. */
  readonly expiringFirst = new RowCount();
  /** Rows whose requestId does not begin with the job's name, so that a cancel of the job does not reach them. */
  outsideJob = 0;
  rows = 0;
  readonly #job: string;
  readonly #prospects: RowProspects;

  constructor(job: string, { nowMs, settings }: Pick<PlanTerms, "nowMs" | "settings">) {
    this.#job = job;
    this.#prospects = new RowProspects(nowMs);
    this.places = new PlaceCounts(settings);
  }

  add({ request, line }: GoodRow): void {
    this.rows += 1;
    if (!request.requestId.startsWith(`${this.#job}/`)) this.outsideJob += 1;
    switch (this.#prospects.of(request)) {
      case "expired":
        this.expired.add(line);
        return;
      case "expires-first":
        this.expiringFirst.add(line);
        return;
      case "sendable":
        this.groups.add(request, line);
        this.places.add(request);
    }
  }
}
