import * as z from "zod";
import { SsmError } from "../ssm/ssm-error.ts";
import { generatedName } from "../template/stack-identity.ts";
import { TemplateError } from "../template/template-error.ts";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST_BYTES = { Standard: 4_096, Advanced: 8_192, "Intelligent-Tiering": 8_192 };

const honoured = z.strictObject({
  Name: z
    .string()
    .regex(/^[\w./-]{1,1011}$/, "a name of letters, digits, ., -, _ and /")
    .optional(),
  Type: z.enum(["String", "StringList"]),
  Value: z.string().min(1),
  Tier: z.enum(["Standard", "Advanced", "Intelligent-Tiering"]).default("Standard"),
  DataType: z.literal("text").default("text"),
  AllowedPattern: z.string().optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const ssmParameter = resourceType({
  type: "AWS::SSM::Parameter",
  honoured,
  // About what people see in the console, and about the passing of days.
  withoutMeaning: ["Description", "Policies", "Tags"],
  create({ Name, Type, Value, Tier, DataType, AllowedPattern }, { stack, logicalId, services }) {
    const name = Name ?? generatedName(stack, logicalId, 63);
    const bytes = Buffer.byteLength(Value);
    if (bytes > MOST_BYTES[Tier])
      throw new TemplateError(`property Value: ${bytes} bytes, and the tier ${Tier} takes ${MOST_BYTES[Tier]}.`);
    if (AllowedPattern !== undefined && !new RegExp(AllowedPattern, "u").test(Value))
      throw new TemplateError("property Value: it does not match the AllowedPattern.");
    const path = name.startsWith("/") ? name : `/${name}`;
    const ARN = `arn:aws:ssm:${stack.region}:${stack.accountId}:parameter${path}`;
    try {
      const LastModifiedDate = Math.floor(Date.now() / 1000);
      services.parameters.add({ Name: name, Type, Value, Version: 1, LastModifiedDate, ARN, DataType });
    } catch (cause) {
      if (!(cause instanceof SsmError)) throw cause;
      throw new TemplateError(cause.message, { cause });
    }
    return { ref: name, attributes: { Type, Value } };
  },
});
