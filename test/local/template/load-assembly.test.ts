import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { loadAssembly } from "#local/template/load-assembly.ts";
import { anAssembly } from "#test/local/support/an-assembly.ts";

const stack = { type: "aws:cloudformation:stack", properties: { templateFile: "t.json" } };

async function loading(files: Record<string, string>): Promise<unknown> {
  const directory = await mkdtemp(join(tmpdir(), "assembly-"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  try {
    return await loadAssembly(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

test.each([
  ["aws://unknown-account/unknown-region", "000000000000", "us-east-1"],
  ["aws://123456789012/eu-central-1", "123456789012", "eu-central-1"],
  ["aws://unknown-account/eu-west-1", "000000000000", "eu-west-1"],
])("a stack in %s has the account %s and the Region %s", async (environment, accountId, region) => {
  const directory = await anAssembly({ Resources: {}, environment });
  expect(await loadAssembly(directory)).toMatchObject({ accountId, region, stackName: "Test" });
  await rm(directory, { recursive: true });
});

test("assets are found by the key under which they would be uploaded", async () => {
  const directory = await anAssembly({ Resources: {}, bundles: { abc: {} } });
  expect([...(await loadAssembly(directory)).assetDirectories]).toEqual([["abc.zip", join(directory, "asset.abc")]]);
  await rm(directory, { recursive: true });
});

test.each<[string, Record<string, string>, RegExp]>([
  ["a directory without a manifest", {}, /manifest\.json cannot be read.*npm run synth/],
  ["a manifest that is not JSON", { "manifest.json": "{" }, /manifest\.json is not JSON/],
  ["no stack", { "manifest.json": `{"artifacts":{}}` }, /runs one stack.*0 \(none\)/],
  ["two stacks", { "manifest.json": JSON.stringify({ artifacts: { A: stack, B: stack } }) }, /2 \(A, B\)/],
  [
    "a section that the runner does not know",
    { "manifest.json": JSON.stringify({ artifacts: { A: stack } }), "t.json": `{"Resources":{},"Transform":"X"}` },
    /t\.json.*\n.*"Transform"/,
  ],
])("%s is an error that says so", async (_name, files, message) => {
  await expect(loading(files)).rejects.toThrow(message);
});
