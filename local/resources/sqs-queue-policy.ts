import * as z from "zod";
import { readPolicy } from "../iam/read-policy.ts";
import { TemplateError } from "../template/template-error.ts";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const sqsQueuePolicy = resourceType({
  type: "AWS::SQS::QueuePolicy",
  honoured: z.strictObject({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) }),
  withoutMeaning: [],
  create({ PolicyDocument, Queues }, { logicalId, services }) {
    // Read here too: what nobody understands is an error of the template, and not a queue that lets nobody in.
    readPolicy(PolicyDocument, "resource");
    for (const url of Queues) {
      const queue = services.fauxqs.sqsStore.getQueue(url);
      if (queue === undefined) throw new TemplateError(`property Queues: there is no queue ${url}.`);
      if (queue.attributes["Policy"] !== undefined)
        throw new TemplateError(`property Queues: ${url} has a policy already, and SQS keeps one.`);
      queue.setAttributes({ Policy: JSON.stringify(PolicyDocument) });
    }
    return { ref: logicalId, attributes: { Id: logicalId } };
  },
});
