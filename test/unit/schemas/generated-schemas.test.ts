import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { generatedSchemas } from "../../../schemas/generator/generated-schemas.ts";

const onDisk = (name: string): string => readFileSync(new URL(`../../../schemas/${name}`, import.meta.url), "utf8");

describe("the generated schemas", () => {
  test("are those of the contract; if not, run: npm run schemas", () => {
    const stale = Object.entries(generatedSchemas()).filter(([name, text]) => onDisk(name) !== text);

    expect(stale.map(([name]) => `schemas/${name} is stale: run npm run schemas`)).toEqual([]);
  });

  test("are the same whenever they are made", () => {
    expect(generatedSchemas()).toEqual(generatedSchemas());
  });
});
