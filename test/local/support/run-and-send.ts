// A program that runs the assembly in its argument, sends one message to `work`, and prints what functions write.
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startLocalSystem } from "#local/start-local-system.ts";

const system = await startLocalSystem({
  assemblyDirectory: process.argv[2] ?? "",
  port: 0,
  onFunctionLog: (_name, line) => process.stdout.write(`${line}\n`),
});
const sqs = new SQSClient({
  endpoint: system.endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
await sqs.send(new SendMessageCommand({ QueueUrl: system.queueUrls["work"], MessageBody: "x" }));
