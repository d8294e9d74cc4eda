import * as z from "zod";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html */
export const kmsAlias = resourceType({
  type: "AWS::KMS::Alias",
  honoured: z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() }),
  withoutMeaning: [],
  create({ AliasName, TargetKeyId }, { stack, services }) {
    const keyArn = services.rights.keyArnOf(TargetKeyId);
    services.rights.nameKey(AliasName, keyArn);
    services.rights.nameKey(`arn:aws:kms:${stack.region}:${stack.accountId}:${AliasName}`, keyArn);
    return { ref: AliasName, attributes: {} };
  },
});
