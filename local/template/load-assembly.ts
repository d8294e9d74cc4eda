import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { type CloudFormationTemplate, cloudFormationTemplate } from "./cloudformation-template.ts";
import { TemplateError } from "./template-error.ts";

/** One synthesized stack. */
export interface Assembly {
  readonly stackName: string;
  /** From the stack's environment; us-east-1 and 000000000000 for a stack that is not bound to one. */
  readonly region: string;
  readonly accountId: string;
  readonly template: CloudFormationTemplate;
  /** Object key in the bootstrap bucket → the directory that `cdk deploy` would zip and upload under it. */
  readonly assetDirectories: ReadonlyMap<string, string>;
}

const manifestShape = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      environment: z.string().optional(),
      properties: z
        .looseObject({
          templateFile: z.string().optional(),
          file: z.string().optional(),
          stackName: z.string().optional(),
        })
        .default({}),
    }),
  ),
});

const assetManifestShape = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/** Reads a cloud assembly directory (cdk.out). Throws a TemplateError that names the file and what is wrong with it. */
export async function loadAssembly(directory: string): Promise<Assembly> {
  const manifest = await readJson(join(directory, "manifest.json"), manifestShape);
  const artifacts = Object.entries(manifest.artifacts);
  const stacks = artifacts.filter(([, artifact]) => artifact.type === "aws:cloudformation:stack");
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) throw notOneStack(directory, stacks);

  const [artifactId, { environment, properties }] = stack;
  if (properties.templateFile === undefined)
    throw new TemplateError(`${artifactId} in ${directory} names no template file.`);
  const assetFiles = artifacts.flatMap(([, artifact]) =>
    artifact.type === "cdk:asset-manifest" ? [artifact.properties.file] : [],
  );
  return {
    stackName: properties.stackName ?? artifactId,
    ...environmentOf(environment),
    template: await readJson(join(directory, properties.templateFile), cloudFormationTemplate),
    assetDirectories: await assetDirectories(directory, assetFiles),
  };
}

const notOneStack = (directory: string, stacks: readonly (readonly [string, unknown])[]): TemplateError =>
  new TemplateError(
    `The local runner runs one stack, and ${directory} holds ${stacks.length} (${stacks.map(([id]) => id).join(", ") || "none"}). Synthesize an app with exactly one stack.`,
  );

/** `aws://ACCOUNT/REGION`, where each may be unknown-account or unknown-region. */
function environmentOf(environment = ""): { region: string; accountId: string } {
  const [, accountId = "", region = ""] = /^aws:\/\/(\d{12})?[^/]*\/(.*)$/.exec(environment) ?? [];
  return {
    region: region === "" || region === "unknown-region" ? "us-east-1" : region,
    accountId: accountId === "" ? "000000000000" : accountId,
  };
}

async function assetDirectories(
  directory: string,
  files: readonly (string | undefined)[],
): Promise<Map<string, string>> {
  const directories = new Map<string, string>();
  for (const file of files) {
    if (file === undefined) continue;
    const manifest = await readJson(join(directory, file), assetManifestShape);
    for (const { source, destinations } of Object.values(manifest.files)) {
      if (source.path === undefined || source.packaging !== "zip") continue;
      for (const { objectKey } of Object.values(destinations)) directories.set(objectKey, join(directory, source.path));
    }
  }
  return directories;
}

async function readJson<Shape extends z.ZodType>(file: string, shape: Shape): Promise<z.output<Shape>> {
  const parsed = shape.safeParse(parseJson(file, await readText(file)));
  if (parsed.success) return parsed.data;
  throw new TemplateError(`${file} is not as the local runner knows it:\n${z.prettifyError(parsed.error)}`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new TemplateError(`${file} cannot be read. Synthesize first: npm run synth.`, { cause });
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TemplateError(`${file} is not JSON. Synthesize again: npm run synth.`, { cause });
  }
}
