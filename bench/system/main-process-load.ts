/**
 * How much of the time the benchmark's own process, which runs SQS and Connect, is busy: 0 to 1. Near 1 it would be the
 * emulators that are measured. Measures from now until asked.
 */
export function mainProcessLoad(): () => number {
  const start = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(start).utilization;
}
