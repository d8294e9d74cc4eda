import { cpus, loadavg, platform, totalmem } from "node:os";

/** What this was measured on. The load says whether others used the machine at the beginning. */
export function machine() {
  const processors = cpus();
  return {
    cores: processors.length,
    cpuModel: processors[0]?.model ?? "unknown",
    memoryGib: totalmem() / 1024 ** 3,
    platform: `${platform()} ${process.arch}`,
    nodeVersion: process.version,
    loadAverage: loadavg()[0] ?? null,
  };
}
