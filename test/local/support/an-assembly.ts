import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface AssemblyContent {
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  /** Asset name → file name → content. */
  readonly bundles?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly environment?: string;
}

/** Writes a cloud assembly with one stack as CDK does, and gives its directory. */
export async function anAssembly({ bundles = {}, environment, ...template }: AssemblyContent): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "assembly-"));
  const files = Object.keys(bundles).map((name) => [
    name,
    {
      source: { path: `asset.${name}`, packaging: "zip" },
      destinations: { "current_account-current_region": { bucketName: "assets", objectKey: `${name}.zip` } },
    },
  ]);
  const artifacts = {
    "Test.assets": { type: "cdk:asset-manifest", properties: { file: "Test.assets.json" } },
    Test: {
      type: "aws:cloudformation:stack",
      environment: environment ?? "aws://unknown-account/unknown-region",
      properties: { templateFile: "Test.template.json" },
    },
    Tree: { type: "cdk:tree", properties: { file: "tree.json" } },
  };
  // cdk.out lies in a repository of ES modules; functions must not notice that.
  await writeFile(join(directory, "package.json"), `{"type":"module"}`);
  await writeFile(join(directory, "manifest.json"), JSON.stringify({ version: "44.0.0", artifacts }));
  await writeFile(
    join(directory, "Test.assets.json"),
    JSON.stringify({ version: "44.0.0", files: Object.fromEntries(files) }),
  );
  await writeFile(join(directory, "Test.template.json"), JSON.stringify(template));
  for (const [name, bundle] of Object.entries(bundles)) {
    await mkdir(join(directory, `asset.${name}`));
    for (const [file, content] of Object.entries(bundle))
      await writeFile(join(directory, `asset.${name}`, file), content);
  }
  return directory;
}
