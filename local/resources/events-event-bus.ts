import * as z from "zod";
import { EventsError } from "../event-bridge/events-error.ts";
import { TemplateError } from "../template/template-error.ts";
import { resourceType } from "./resource-type.ts";

const honoured = z.strictObject({
  Name: z
    .string()
    .regex(
      /^[.\-_A-Za-z0-9]{1,256}$/,
      "a name of 1 to 256 letters, digits, ., - and _ (there are no partner event buses locally)",
    ),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
export const eventsEventBus = resourceType({
  type: "AWS::Events::EventBus",
  honoured,
  // Events are not encrypted on one machine, so none can fail to be decrypted either.
  withoutMeaning: ["DeadLetterConfig", "Description", "KmsKeyIdentifier", "LogConfig", "Tags"],
  create({ Name }, { services }) {
    try {
      const { name, arn } = services.eventBridge.buses.create(Name);
      return { ref: name, attributes: { Arn: arn, Name: name } };
    } catch (cause) {
      if (!(cause instanceof EventsError)) throw cause;
      throw new TemplateError(cause.message, { cause });
    }
  },
});
