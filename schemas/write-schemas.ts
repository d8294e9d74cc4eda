import { writeFileSync } from "node:fs";
import { generatedSchemas } from "./generator/generated-schemas.ts";

// `npm run schemas`: writes what other languages read, from the contract.
for (const [name, text] of Object.entries(generatedSchemas())) writeFileSync(new URL(name, import.meta.url), text);
