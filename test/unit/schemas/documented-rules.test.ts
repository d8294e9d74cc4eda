import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { RULES_BEYOND_THE_SCHEMA } from "../../../schemas/rules-beyond-the-schema.ts";

const HEADING = "### Rules that the schema cannot express";

const documented = (): readonly string[] => {
  const page = readFileSync(new URL("../../../docs/message-contract.md", import.meta.url), "utf8");
  const [, section = ""] = page.split(`${HEADING}\n`);
  const [rules = ""] = section.split(/^#/mu);
  return rules.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| where "));
};

test("docs/message-contract.md prints the rules beyond the schema, one row each", () => {
  const rows = RULES_BEYOND_THE_SCHEMA.map(
    ({ where, code, rule }) =>
      `| ${where === "" ? "the message" : where.includes(" ") ? where : `\`${where}\``} | \`${code}\` | ${rule} |`,
  );

  expect(documented()).toEqual(rows);
});
