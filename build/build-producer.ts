import { fileURLToPath } from "node:url";
import { buildProducerPackage } from "./producer-package.ts";

const directory = fileURLToPath(new URL("../dist/producer", import.meta.url));
await buildProducerPackage(directory);
process.stdout.write(
  `The package contact-requests-producer is in ${directory}: npm pack there makes what can be installed.\n`,
);
