import { CreateContactCommand } from "@aws-sdk/client-connect";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";
import { clientToken } from "#shared/client-token.ts";
import { parseConnectInstanceArn } from "#shared/connect-instance.ts";

const message = z.looseObject({
  requestId: z.string(),
  input: z.looseObject({ Channel: z.literal("TASK"), InitiationMethod: z.literal("API"), Name: z.string() }),
});

/**
 * What all contenders have in common: the records one after the other, and those that fail reported, as AWS shows it.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function eachTask(send: (command: CreateContactCommand) => Promise<unknown>) {
  const instanceId = firstInstanceId();
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      try {
        await send(commandFor(body, instanceId));
      } catch {
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}

function commandFor(body: string, instanceId: string): CreateContactCommand {
  const { requestId, input } = message.parse(JSON.parse(body));
  const ClientToken = clientToken({ instanceId, operation: "CreateContact", requestId });
  return new CreateContactCommand({ ...input, InstanceId: instanceId, ClientToken });
}

function firstInstanceId(): string {
  const arns = z.array(z.string()).parse(JSON.parse(process.env["CONNECT_INSTANCE_ARNS"] ?? "[]"));
  const instance = parseConnectInstanceArn(arns[0] ?? "");
  if (instance === undefined) throw new Error("CONNECT_INSTANCE_ARNS names no instance.");
  return instance.id;
}
