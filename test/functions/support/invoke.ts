import { readFileSync } from "node:fs";

// Run in a process of its own, as Lambda does it: loads the bundle that is named on the command line, gives it the event
// from standard input, and writes what the handler answers as the last line.
const [, , bundle] = process.argv;
const { handler } = await import(String(bundle));
const event: unknown = JSON.parse(readFileSync(0, "utf8"));
const context = {
  awsRequestId: "0f6f3c5e-4c3b-4d52-9b43-2d7f5e1c9a10",
  functionName: process.env["AWS_LAMBDA_FUNCTION_NAME"],
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:eu-central-1:123456789012:function:worker",
  memoryLimitInMB: "256",
  getRemainingTimeInMillis: () => Number(process.env["REMAINING_MS"] ?? 25_000),
};
process.stdout.write(`\n${JSON.stringify(await handler(event, context))}\n`);
