import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { settingsFromContext } from "#infra/settings-from-context.ts";
import { anApp } from "./support/an-app.ts";
import { INSTANCE, SECOND_INSTANCE } from "./support/instances.ts";
import { SCRATCH_DIRECTORY } from "./support/scratch-directory.ts";

const EXAMPLE_INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/00000000-0000-4000-8000-000000000000";

function aFile(name: string, content: string): string {
  const path = join(SCRATCH_DIRECTORY, name);
  writeFileSync(path, content);
  return path;
}

const settings = aFile("good.json", JSON.stringify({ connectInstanceArns: [SECOND_INSTANCE], batchSize: 3 }));
const settingsWithoutInstance = aFile("no-instance.json", JSON.stringify({ batchSize: 3 }));

const fromContext = (context: Record<string, unknown>) => settingsFromContext(anApp({ context }));

describe("the settings of a deployment", () => {
  test.each<[name: string, context: Record<string, unknown>, instances: string[], batchSize: number]>([
    ["neither", {}, [EXAMPLE_INSTANCE], 10],
    ["-c connectInstanceArn", { connectInstanceArn: INSTANCE }, [INSTANCE], 10],
    ["-c settings", { settings }, [SECOND_INSTANCE], 3],
    ["-c settings that name no instance", { settings: settingsWithoutInstance }, [EXAMPLE_INSTANCE], 3],
    ["both, where the instance on the command line wins", { settings, connectInstanceArn: INSTANCE }, [INSTANCE], 3],
  ])("come from %s", (_name, context, connectInstanceArns, batchSize) => {
    expect(fromContext(context)).toMatchObject({ connectInstanceArns, batchSize });
  });

  const notJson = aFile("not.json", "{batchSize: 3}");
  const endsEarly = aFile("early.json", '{"batchSize":3');
  const list = aFile("list.json", "[]");
  const nothing = aFile("null.json", "null");
  const wrong = aFile("wrong.json", JSON.stringify({ connectInstanceArns: [INSTANCE], batchsize: 3 }));

  test.each<[name: string, context: Record<string, unknown>, sentence: string]>([
    ["a file that is missing", { settings: "no/such.json" }, "The settings cannot be read from no/such.json: give the"],
    ["a directory", { settings: "infra" }, "The settings cannot be read from infra: give the path of a JSON file"],
    [
      "a file that is not JSON",
      { settings: notJson },
      `The settings in ${notJson} are not JSON, line 1, column 2: names`,
    ],
    ["a file that ends too early", { settings: endsEarly }, `The settings in ${endsEarly} are not JSON`],
    ["a list", { settings: list }, `The settings in ${list} must be one JSON object, such as {"connectInstanceArns":`],
    ["null", { settings: nothing }, `The settings in ${nothing} must be one JSON object`],
    ["settings that are no path", { settings: { batchSize: 3 } }, "must name a JSON file: -c settings=FILE"],
    ["a misspelt setting", { settings: wrong }, '"batchsize" is not a setting; did you mean batchSize?'],
    [
      "an ARN that is none",
      { connectInstanceArn: "nope" },
      "-c connectInstanceArn=nope does not name the ARN of a Connect instance: arn:aws:connect:REGION:ACCOUNT:instance/ID.",
    ],
    [
      "an ARN as the documents write it",
      { connectInstanceArn: "arn:aws:connect:REGION:ACCOUNT:instance/ID" },
      "instance/ID, with REGION, ACCOUNT and ID replaced by those of your instance.",
    ],
    [
      "an ARN in which a placeholder is left",
      { connectInstanceArn: INSTANCE.replace(/[^/]+$/, "ID").replace(/\d{12}/, "ACCOUNT") },
      "with REGION, ACCOUNT and ID replaced by those of your instance.",
    ],
    [
      "no ARN after the =",
      { connectInstanceArn: "" },
      "-c connectInstanceArn= does not name the ARN of a Connect instance",
    ],
    [
      "an ARN that is none beside a setting that is wrong",
      { settings: wrong, connectInstanceArn: "nope" },
      '"batchsize" is not a setting',
    ],
  ])("are refused if they are %s", (_name, context, sentence) => {
    expect(() => fromContext(context)).toThrow(
      expect.objectContaining({ name: "SettingsError", message: expect.stringContaining(sentence) }),
    );
  });

  test.each<[name: string, settings: string]>([
    ["wrong", wrong],
    ["missing", "no/such.json"],
  ])("that are %s are answered in the words of the program that reads them", (_name, path) => {
    const context = { settings: path, settingsOption: "--settings FILE" };
    expect(() => fromContext(context)).toThrow(/--settings FILE/);
    expect(() => fromContext(context)).not.toThrow(/-c settings/);
  });
});
