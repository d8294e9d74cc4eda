import { awsCommand } from "./aws-command.ts";
import { printedAnswer } from "./printed-answer.ts";
import { rawRequest } from "./raw-request.ts";
import { sendSigned } from "./send-signed.ts";

/**
 * Stands in for the AWS CLI where none is installed: translates a command into the HTTP request that the CLI makes of it, as
 * far as the documents use it. Whatever it does not know is an error.
 */
async function main(): Promise<void> {
  const command = awsCommand(process.argv.slice(2), process.env);
  const { known, endpointUrl, region } = command;
  const signer = { endpointUrl, region, service: known.service, accessKeyId: process.env["AWS_ACCESS_KEY_ID"] ?? "" };
  process.stdout.write(printedAnswer(command, await sendSigned(rawRequest(command), signer)));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 255;
}
