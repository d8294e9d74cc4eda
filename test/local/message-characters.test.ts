import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";

const Resources = { Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "work" } } };

test.each(["👍🏽 emoji", "𠮷野家", "\u{10FFFF}", "tab\tline\nreturn\r", "\uD7FF\uE000\uFFFD"])(
  "the body %j comes back as it was",
  async (body) => {
    const { system, sqs } = await aLocalSystem({ Resources });
    const QueueUrl = system.queueUrls["work"];
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.[0]?.Body).toBe(body);
  },
);

test.each(["\u0000", "a\u0008", "\uFFFF", "\uFFFE"])("the body %j is refused, as SQS does", async (body) => {
  const { system, sqs } = await aLocalSystem({ Resources });
  const sending = sqs.send(new SendMessageCommand({ QueueUrl: system.queueUrls["work"], MessageBody: body }));
  await expect(sending).rejects.toMatchObject({ name: "InvalidMessageContents" });
});
