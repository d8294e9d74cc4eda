import * as z from "zod";
import { EventsError } from "../event-bridge/events-error.ts";
import { compileTarget, targetDescription } from "../event-bridge/target.ts";
import { generatedName } from "../template/stack-identity.ts";
import { TemplateError } from "../template/template-error.ts";
import { queueByArn } from "./queue-by-arn.ts";
import { type ResourcePlace, resourceType } from "./resource-type.ts";

const honoured = z.strictObject({
  Name: z
    .string()
    .regex(/^[.\-_A-Za-z0-9]{1,64}$/)
    .optional(),
  EventBusName: z.string().default("default"),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z
    .never("the local event bus runs no schedules. Leave the rule out of what is run locally, or put an event instead")
    .optional(),
  State: z.enum(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]).default("ENABLED"),
  Targets: z.array(targetDescription).default([]),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export const eventsRule = resourceType({
  type: "AWS::Events::Rule",
  honoured,
  withoutMeaning: ["Description", "RoleArn", "Tags"],
  create({ Name, EventBusName, EventPattern, State, Targets }, place) {
    if (EventPattern === undefined) throw new TemplateError("property EventPattern: a rule needs one.");
    const queueArns = Targets.flatMap(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn ?? Arn]);
    for (const queueArn of queueArns) mustExist(queueArn, place);
    try {
      const bus = place.services.eventBridge.buses.get(EventBusName);
      const name = Name ?? generatedName(place.stack, place.logicalId, 64);
      if (bus.hasRule(name))
        throw new TemplateError(`the rule name ${name} is used twice on the event bus ${bus.name}.`);
      const rule = bus.putRule({
        Name: name,
        EventPattern: JSON.stringify(EventPattern),
        State: State === "DISABLED" ? "DISABLED" : "ENABLED",
      });
      rule.putTargets(Targets.map(compileTarget));
      // CloudFormation knows a rule on a bus of its own by both names.
      const ref = bus.name === "default" ? name : `${bus.name}|${name}`;
      return { ref, attributes: { Arn: rule.arn } };
    } catch (cause) {
      if (!(cause instanceof EventsError)) throw cause;
      throw new TemplateError(cause.message, { cause });
    }
  },
});

/** EventBridge takes a target that does not exist and fails with the first event; here a wrong wire shows at once. */
function mustExist(queueArn: string, { services }: ResourcePlace): void {
  if (queueByArn(services.fauxqs.sqsStore, queueArn) !== undefined) return;
  throw new TemplateError(`property Targets: there is no queue ${queueArn}.`);
}
