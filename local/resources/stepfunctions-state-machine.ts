import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";

const honoured = z.strictObject({
  StateMachineName: z.string().max(80).optional(),
  DefinitionString: z.string(),
  RoleArn: z.string(),
});

/**
 * Declared only: no state machine runs on one machine. Its definition is resolved all the same, and must be JSON then, so
 * that a wrong reference in it is found.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
 */
export const stepFunctionsStateMachine = resourceType({
  type: "AWS::StepFunctions::StateMachine",
  honoured,
  withoutMeaning: [
    "EncryptionConfiguration",
    "LoggingConfiguration",
    "StateMachineType",
    "Tags",
    "TracingConfiguration",
  ],
  create({ StateMachineName, DefinitionString }, place) {
    try {
      JSON.parse(DefinitionString);
    } catch (cause) {
      throw new TemplateError("property DefinitionString: it is not JSON once its references are resolved.", { cause });
    }
    const name = physicalName(StateMachineName, place);
    const arn = `arn:aws:states:${place.stack.region}:${place.stack.accountId}:stateMachine:${name}`;
    return { ref: arn, attributes: { Arn: arn, Name: name } };
  },
});
