// Loaded before each program of this folder, and plain JavaScript, so that whoever comes without Node 24 or without the
// installed packages reads a sentence in place of a stack trace.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const LEAST_MAJOR = 24;

const isInstalled = existsSync(fileURLToPath(new URL("../node_modules", import.meta.url)));
const isOld = Number.parseInt(process.versions.node, 10) < LEAST_MAJOR;

if (isOld || !isInstalled) {
  const reason = isOld
    ? `Node ${LEAST_MAJOR} or later is needed, and this is ${process.version}`
    : "The packages are not installed";
  process.stderr.write(
    `${reason}: type npm ci. On Linux (x64, arm64) it brings Node ${LEAST_MAJOR} along; on other systems install Node ${LEAST_MAJOR} or later first.\n`,
  );
  process.exit(2);
}
