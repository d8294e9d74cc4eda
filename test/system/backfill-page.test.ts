import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { documentSections } from "#test/support/aws-commands/document-sections.ts";
import { runDocumentedCommands } from "#test/support/aws-commands/run-documented-commands.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const sections = documentSections(await readFile(new URL("../../docs/backfill.md", import.meta.url), "utf8"));

/** The sections that show what their commands write. */
const SHOWN = ["What would become of it", "Feed it", "A line for each row", "Stop it"];

/** What the page says that its commands write, or what they have written. */
const blocksOf = (heading: string, wanted: string): string =>
  (sections.find((section) => section.heading === heading)?.blocks ?? [])
    .filter(({ language }) => language === wanted)
    .map(({ code }) => code)
    .join("");

/** What is another one each time: moments, ids, the timeout of a function, and messages that are on their way out of a queue. */
const comparable = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\d(?:T| )\d\d:\d\d(?::\d\d\.\d{3}Z| UTC)/g, "MOMENT")
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, "CONTACT-ID")
    .replaceAll(/ends within [\w ]+\./g, "ends within A WHILE.")
    .replaceAll(/^Its queue .*$/gm, "Its queue …");

describe("the page's example", () => {
  let files: WrittenFiles;
  let deployment: LocalDeployment;
  let written: ReadonlyMap<string, string>;
  beforeAll(async () => {
    files = await writtenFiles();
    // A cancel waits for the longest call.
    deployment = await aLocalDeployment({ settings: { callTimeoutSeconds: 3 } });
    const { endpoint } = deployment.system;
    const { directory } = files;
    written = await runDocumentedCommands(sections, { endpoint, directory, aws: "translated" });
  });
  afterAll(async () => {
    await deployment.stop();
    await files.remove();
  });

  test("shows what every command writes", () => {
    const withCommands = sections.filter(({ blocks }) => blocks.some(({ language }) => language === "sh"));

    expect(withCommands.map(({ heading }) => heading)).toEqual(["Try it", ...SHOWN]);
  });

  test.each(SHOWN)("%s: the commands write what the page shows", (heading) => {
    expect(comparable(written.get(heading) ?? "")).toBe(comparable(blocksOf(heading, "text")));
  });

  test("the contacts are those of the good rows of the first job, one of each key", () => {
    const names = deployment.system.connect.contacts().map(({ input }) => input["Name"]);

    expect(names.toSorted()).toEqual([
      "Call Ada Lovelace about order A-17",
      "Call Alan Turing about order A-20",
      "Call Byron, George about order A-18",
      "Call Grace Hopper about order A-19",
    ]);
  });
});
