import { rm } from "node:fs/promises";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach } from "@jest/globals";
import { type LocalSystem, type LocalSystemOptions, startLocalSystem } from "#local/start-local-system.ts";
import { type AssemblyContent, anAssembly } from "./an-assembly.ts";

export interface RunningSystem {
  readonly system: LocalSystem;
  /** What functions wrote, line by line. */
  readonly lines: readonly string[];
  /** What the services had to say of what is lost. */
  readonly notices: readonly string[];
  readonly sqs: SQSClient;
  readonly s3: S3Client;
}

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Runs a template on a free port until the end of the test. */
export async function aLocalSystem(
  content: AssemblyContent,
  options: Partial<LocalSystemOptions> = {},
): Promise<RunningSystem> {
  const assemblyDirectory = await anAssembly(content);
  cleanUps.push(async () => rm(assemblyDirectory, { recursive: true }));
  const lines: string[] = [];
  const notices: string[] = [];
  const system = await startLocalSystem({
    port: 0,
    onFunctionLog: (_name, line) => lines.push(line),
    onNotice: (line) => notices.push(line),
    assemblyDirectory,
    ...options,
  });
  cleanUps.push(async () => system.stop());
  const client = {
    endpoint: system.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const running = { system, lines, notices, sqs: new SQSClient(client), s3: new S3Client(client) };
  cleanUps.push(
    () => running.sqs.destroy(),
    () => running.s3.destroy(),
  );
  return running;
}
