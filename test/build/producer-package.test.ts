import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { publint } from "publint";
import { buildProducerPackage } from "#build/producer-package.ts";
import { anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { clientVariables } from "#test/support/local-process.ts";
import { PAYLOAD_BUCKET, type SqsAndS3, startSqsAndS3 } from "#test/support/sqs-and-s3.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const exec = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

/** An empty project in which somebody has installed the packed package; the AWS SDK is this project's own. */
interface Consumer {
  readonly packageDirectory: string;
  readonly tarball: string;
  readonly installed: string;
  /** Adds a package of this project's node_modules. */
  link(name: string): Promise<void>;
  /** Runs a module with Node, and gives what it prints as JSON. */
  run(source: string): Promise<unknown>;
  /** What `tsc` says of a module for this version of JavaScript, in strict mode and with the types of all packages checked. */
  complaints(source: string, target: "es2022" | "es2024"): Promise<string>;
}

let directory: string;
let consumer: Consumer;
let services: SqsAndS3;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "contact-requests-package-"));
  services = await startSqsAndS3();
  consumer = await aConsumer();
});
afterAll(async () => {
  await services.stop();
  await rm(directory, { recursive: true });
});

async function aConsumer(): Promise<Consumer> {
  const packageDirectory = join(directory, "package");
  const project = join(directory, "consumer");
  await buildProducerPackage(packageDirectory);
  await mkdir(project);
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const { stdout } = await exec("npm", ["pack", "--json", "--pack-destination", directory], { cwd: packageDirectory });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const tarball = join(directory, filename);
  await exec("npm", ["install", tarball, "--offline", "--legacy-peer-deps", "--no-audit", "--no-fund"], {
    cwd: project,
  });
  const modules = join(project, "node_modules");
  return {
    packageDirectory,
    tarball,
    installed: join(modules, "contact-requests-producer"),
    link: async (name) => {
      await mkdir(dirname(join(modules, name)), { recursive: true });
      await symlink(join(PROJECT, "node_modules", name), join(modules, name));
    },
    run: async (source) => {
      await writeFile(join(project, "program.js"), source);
      const env = { PATH: process.env["PATH"], ...clientVariables(services.address) };
      return JSON.parse((await exec(process.execPath, ["program.js"], { cwd: project, env })).stdout);
    },
    complaints: async (source, target) => {
      await writeFile(join(project, "program.ts"), source);
      return tsc(project, target);
    },
  };
}

async function tsc(project: string, target: string): Promise<string> {
  const compiler = join(dirname(resolve("typescript/package.json")), "bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", target, "--skipLibCheck", "false"];
  const moreOptions = ["--exactOptionalPropertyTypes", "--allowImportingTsExtensions", "--types", "node"];
  const said = exec(process.execPath, [compiler, ...options, ...moreOptions, "program.ts"], { cwd: project });
  return said.then(
    () => "",
    (error: { readonly stdout: string }) => error.stdout,
  );
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("the package of the producer", () => {
  test("is what publint asks of a package", async () => {
    const { messages } = await publint({ pkgDir: consumer.packageDirectory, strict: true });

    expect(messages).toEqual([]);
  });

  test("has the types that its module has, says are-the-types-wrong", async () => {
    const attw = join(dirname(resolve("@arethetypeswrong/cli/package.json")), "dist/index.js");
    const args = [attw, consumer.tarball, "--profile", "esm-only", "--format", "json"];
    const { stdout } = await exec(process.execPath, args, { cwd: directory });

    expect(JSON.parse(stdout)).toMatchObject({ analysis: { types: { kind: "included" } }, problems: {} });
  });

  test("is light, and holds nothing but a module, its types, and what people read", async () => {
    const files = (await filesBelow(consumer.installed)).map((path) => path.slice(consumer.installed.length + 1));

    expect(files.filter((path) => !path.startsWith("types/")).sort()).toEqual([
      "LICENSE",
      "README.md",
      "THIRD-PARTY-LICENSES.txt",
      "index.js",
      "package.json",
    ]);
    expect((await readFile(consumer.tarball)).byteLength).toBeLessThan(100_000);
  });

  test("refers to nothing that only this repository has", async () => {
    const sources = (await filesBelow(consumer.installed)).filter((path) => /\.(?:js|ts)$/.test(path));
    const specifiers = await Promise.all(
      sources.map(async (path) => [
        ...(await readFile(path, "utf8")).matchAll(/(?:^|\W)(?:from |import\()"([^"]+)"/gm),
      ]),
    );
    const packages = specifiers
      .flat()
      .flatMap(([, name = ""]) => (name.startsWith("./") || name.startsWith("../") ? [] : [name]));

    expect(sources.length).toBeGreaterThan(3);
    expect(new Set(packages.filter((name) => !name.startsWith("node:")))).toEqual(
      new Set(["@aws-sdk/client-sqs", "@aws-sdk/client-s3"]),
    );
  });

  test("is installed as its page says: from a file, since it is on no registry", async () => {
    const readme = await readFile(join(consumer.installed, "README.md"), "utf8");
    const shown = basename(consumer.tarball).replace(/\d+\.\d+\.\d+/, "VERSION");

    expect(readme).toMatch(new RegExp(`npm install \\S+/${shown} @aws-sdk/client-sqs$`, "m"));
    expect(readme).not.toMatch(/npm install contact-requests-producer/);
  });

  test("passes on the licences of what is inside it", async () => {
    const text = await readFile(join(consumer.installed, "THIRD-PARTY-LICENSES.txt"), "utf8");

    expect(text).toMatch(/^zod \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(text).toContain("Permission is hereby granted");
  });
});

describe("in an empty project the package", () => {
  const requests = Array.from({ length: 12 }, (_, index) =>
    aTaskRequest({ requestId: `a/${index}`, source: "billing" }),
  );

  beforeAll(async () => consumer.link("@aws-sdk/client-sqs"));

  test("sends, and does not miss the S3 client that is not installed", async () => {
    const outcomes = await consumer.run(`
      import { ContactRequestProducer } from "contact-requests-producer";
      const requests = ${JSON.stringify([...requests, { requestId: "a/wrong", operation: "CreateContact" }])};
      const outcomes = [];
      for await (const outcome of new ContactRequestProducer().sendMany(requests)) outcomes.push(outcome);
      console.log(JSON.stringify(outcomes));
    `);

    expect(outcomes).toMatchObject([
      ...requests.map(({ requestId }) => ({ requestId, kind: "sent" })),
      { requestId: "a/wrong", kind: "refused", issues: [{ path: "input", code: "required" }] },
    ]);
    const bodies = (await services.take("CreateContact")).map(({ Body = "" }) => JSON.parse(Body));
    expect(bodies).toEqual(requests);
  });

  test("says how to install the S3 client where a large request needs it, and that no other try helps", async () => {
    const outcome = await consumer.run(`
      import { ContactRequestProducer } from "contact-requests-producer";
      const request = ${JSON.stringify(aTaskRequest())};
      const producer = new ContactRequestProducer({ payloadBucket: "${PAYLOAD_BUCKET}", offloadAboveBytes: 0 });
      console.log(JSON.stringify(await producer.send(request)));
    `);

    expect(outcome).toMatchObject({
      kind: "failed",
      isFinal: true,
      reason: expect.stringContaining("@aws-sdk/client-s3 is not installed: npm install @aws-sdk/client-s3"),
    });
  });

  test("sends what is too large for SQS, with the S3 client that it is given", async () => {
    await consumer.link("@aws-sdk/client-s3");
    const large = anEmailContactRequest();
    large.input.EmailMessage.RawMessage.Body = "LARGE";
    const outcome = await consumer.run(`
      import { S3Client } from "@aws-sdk/client-s3";
      import { ContactRequestProducer } from "contact-requests-producer";
      const request = JSON.parse(${JSON.stringify(JSON.stringify(large))}.replace("LARGE", "x".repeat(3_000_000)));
      const s3 = new S3Client({ forcePathStyle: true });
      const producer = new ContactRequestProducer({ payloadBucket: "${PAYLOAD_BUCKET}", s3 });
      console.log(JSON.stringify(await producer.send(request)));
    `);

    const [message] = await services.take("StartEmailContact");
    expect(outcome).toMatchObject({ kind: "sent", messageId: message?.MessageId });
    const [key = ""] = await services.keys();
    expect(message?.Body).toContain(key);
    expect(JSON.parse(await services.object(key)).input.EmailMessage.RawMessage.Body).toHaveLength(3_000_000);
  });

  describe("for the compiler", () => {
    beforeAll(async () => {
      await consumer.link("@types/node");
    });

    test("takes requests, the SDK's clients and nothing else", async () => {
      const source = `
        import { S3Client } from "@aws-sdk/client-s3";
        import { SQSClient } from "@aws-sdk/client-sqs";
        import { type ContactRequest, ContactRequestProducer, type SendOutcome } from "contact-requests-producer";
        const producer = new ContactRequestProducer({ client: new SQSClient({}), s3: new S3Client({}), payloadBucket: "b" });
        const input = { Channel: "TASK", InitiationMethod: "API" } as const;
        const request: ContactRequest = { requestId: "a/1", operation: "CreateContact", input };
        export const outcome: Promise<SendOutcome> = producer.send(request);
        // @ts-expect-error a wrong channel
        producer.send({ requestId: "a/1", operation: "CreateContact", input: { ...input, Channel: "CHAT" } });
        // @ts-expect-error no requestId
        producer.send({ operation: "CreateContact", input });
        new ContactRequestProducer({ generateRequestId: () => "a/1" }).send({ operation: "CreateContact", input });
        // @ts-expect-error the option is payloadBucket
        new ContactRequestProducer({ source: "billing", payloadBuket: "b" });
        // @ts-expect-error no S3 client
        new ContactRequestProducer({ s3: {} });
        export const told = ({ kind, ...outcome }: SendOutcome): string => kind + outcome.index + outcome.requestId;
      `;

      expect(await consumer.complaints(source, "es2022")).toBe("");
    });

    test("has the very types that the contract infers", async () => {
      const contract = join(PROJECT, "shared/contract/contact-request.ts");
      const source = `
        import type { ContactRequest } from ${JSON.stringify(contract)};
        import type { ContactRequest as Packed, CreateContactRequest, OutboundEmailRequest } from "contact-requests-producer";
        import type { StartEmailContactRequest, StartOutboundChatContactRequest } from "contact-requests-producer";
        import type { StartOutboundEmailContactRequest } from "contact-requests-producer";
        type Same<One, Other> =
          (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
        type Of<Request extends { operation: string }, Name> = Extract<Request, { operation: Name }>;
        type Verdicts = { [Name in ContactRequest["operation"]]: Same<Of<ContactRequest, Name>, Of<Packed, Name>> };
        export const verdicts: Verdicts[keyof Verdicts] = true;
        // @ts-expect-error one that differs is noticed
        export const noticed: Verdicts[keyof Verdicts] = false;
        type OfEach = CreateContactRequest | OutboundEmailRequest | StartEmailContactRequest | StartOutboundChatContactRequest
          | StartOutboundEmailContactRequest;
        export const byName: Same<OfEach, Packed> = true;
        export const asMany: Same<ContactRequest["operation"], Packed["operation"]> = true;
      `;

      expect(await consumer.complaints(source, "es2024")).toBe("");
    });
  });
});
