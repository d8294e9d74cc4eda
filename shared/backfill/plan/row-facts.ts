import type { GoodRow } from "../judge-candidate.ts";
import { MomentCounts } from "./moment-counts.ts";
import { PlaceCounts } from "./place-counts.ts";
import type { PlanSettings } from "./plan-terms.ts";
import { RowGroups } from "./row-groups.ts";

/** What the good rows of a file ask of time and places, in a memory that does not grow with the file. */
export class RowFacts {
  readonly expiries = new MomentCounts();
  readonly notBefores = new MomentCounts();
  readonly groups = new RowGroups();
  readonly places: PlaceCounts;
  /** Rows whose requestId does not begin with the job's name, so that a cancel of the job does not reach them. */
  outsideJob = 0;
  rows = 0;
  readonly #job: string;

  constructor(job: string, settings: Pick<PlanSettings, "connectInstanceArns">) {
    this.#job = job;
    this.places = new PlaceCounts(settings);
  }

  add({ request, line }: GoodRow): void {
    this.rows += 1;
    if (this.#isOutsideJob(request)) this.outsideJob += 1;
    if (request.expiresAt !== undefined) this.expiries.add(request.expiresAt, line);
    if (request.notBefore !== undefined) this.notBefores.add(request.notBefore, line);
    this.groups.add(request, line);
    this.places.add(request);
  }

  /** Undoes that a row was added: it turned out to be a duplicate, which takes neither time nor a place. */
  takeBack({ request }: GoodRow): void {
    this.rows -= 1;
    if (this.#isOutsideJob(request)) this.outsideJob -= 1;
    if (request.expiresAt !== undefined) this.expiries.takeBack(request.expiresAt);
    if (request.notBefore !== undefined) this.notBefores.takeBack(request.notBefore);
    this.groups.takeBack(request);
    this.places.takeBack(request);
  }

  #isOutsideJob({ requestId }: GoodRow["request"]): boolean {
    return !requestId.startsWith(`${this.#job}/`);
  }
}
