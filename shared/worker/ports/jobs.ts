/** The backfills that requests belong to. */
export interface Jobs {
  /** Whether somebody has cancelled the job, as of a second ago or later. Rejects when that cannot be found out. */
  isCancelled(job: string): Promise<boolean>;
}
