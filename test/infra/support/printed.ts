import * as z from "zod";

const intrinsic = {
  ref: z.strictObject({ Ref: z.string() }),
  attribute: z.strictObject({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }),
  join: z.strictObject({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) }),
};

/** What a reference is printed as: `Queue.Arn` for an attribute, `Queue` for a reference to the resource. */
type PrintReference = (reference: string) => string;

/**
 * A value of a template as text: `<Queue.Arn>` for an attribute, `<Queue>` for a reference, joined where CloudFormation
 * joins.
 */
export function printed(value: unknown, print: PrintReference = (reference) => `<${reference}>`): string {
  if (typeof value === "string") return value;
  const ref = intrinsic.ref.safeParse(value).data;
  if (ref !== undefined) return print(ref.Ref);
  const attribute = intrinsic.attribute.safeParse(value).data;
  if (attribute !== undefined) return print(attribute["Fn::GetAtt"].join("."));
  const join = intrinsic.join.safeParse(value).data;
  if (join === undefined) throw new Error(`The template holds what this test cannot read: ${JSON.stringify(value)}`);
  const [separator, parts] = join["Fn::Join"];
  return parts.map((part) => printed(part, print)).join(separator);
}
