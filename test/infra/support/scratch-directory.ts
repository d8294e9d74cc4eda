import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

/** A directory for what the tests of one file write; it is removed after them. */
export const SCRATCH_DIRECTORY = mkdtempSync(join(tmpdir(), "infra-test-"));

afterAll(() => rmSync(SCRATCH_DIRECTORY, { recursive: true }));
