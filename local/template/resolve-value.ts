import { TemplateError } from "./template-error.ts";

/** Where the names in a template lead. Each member throws a TemplateError for a name it does not know. */
export interface ReferenceScope {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapped(map: string, topKey: string, secondKey: string): unknown;
}

/** What `AWS::NoValue` stands for: the member or list item that holds it is left out. */
export const NO_VALUE = Symbol("AWS::NoValue");

/**
 * A value of the template with every intrinsic function replaced by what it stands for.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolveValue(value: unknown, scope: ReferenceScope): unknown {
  if (typeof value === "string") return withoutDynamicReference(value);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== NO_VALUE);
  if (typeof value !== "object" || value === null) return value;

  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsicName(only[0])) return callIntrinsic(only, scope);

  const resolved = entries.map(([key, member]) => [key, resolveValue(member, scope)] as const);
  return Object.fromEntries(resolved.filter(([, member]) => member !== NO_VALUE));
}

const isIntrinsicName = (name: string): boolean => name === "Ref" || name.startsWith("Fn::");

function callIntrinsic([name, argument]: [string, unknown], scope: ReferenceScope): unknown {
  const intrinsic = INTRINSICS.get(name);
  if (intrinsic === undefined) {
    throw new TemplateError(`${name} is not known to the local runner. It knows ${[...INTRINSICS.keys()].join(", ")}.`);
  }
  return intrinsic(argument, scope);
}

type Intrinsic = (argument: unknown, scope: ReferenceScope) => unknown;

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ["Ref", (argument, scope) => scope.ref(text("Ref", argument))],
  ["Fn::GetAtt", getAtt],
  ["Fn::Join", join],
  ["Fn::Sub", sub],
  ["Fn::Select", select],
  ["Fn::Split", split],
  ["Fn::If", choose],
  ["Fn::FindInMap", findInMap],
  [
    "Fn::Base64",
    (argument, scope) => Buffer.from(text("Fn::Base64", resolveValue(argument, scope))).toString("base64"),
  ],
]);

function getAtt(argument: unknown, scope: ReferenceScope): unknown {
  const [logicalId, ...attribute] =
    typeof argument === "string"
      ? argument.split(".")
      : list("Fn::GetAtt", argument).map((part) => resolveValue(part, scope));
  return scope.attribute(text("Fn::GetAtt", logicalId), attribute.map((part) => text("Fn::GetAtt", part)).join("."));
}

function join(argument: unknown, scope: ReferenceScope): string {
  const [separator, items] = list("Fn::Join", argument);
  const parts = list("Fn::Join", resolveValue(items, scope)).map((part) => text("Fn::Join", part));
  return parts.join(text("Fn::Join", separator));
}

function sub(argument: unknown, scope: ReferenceScope): string {
  const [pattern, variables = {}] = typeof argument === "string" ? [argument] : list("Fn::Sub", argument);
  if (typeof variables !== "object" || variables === null)
    throw malformed("Fn::Sub", "its second item is a map of variables");
  const own = new Map(Object.entries(variables));
  return text("Fn::Sub", pattern).replace(/\$\{([^}]+)\}/g, (_whole, written: string) => {
    const name = written.trim();
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    if (own.has(name)) return text("Fn::Sub", resolveValue(own.get(name), scope));
    return text("Fn::Sub", name.includes(".") && !name.includes("::") ? getAtt(name, scope) : scope.ref(name));
  });
}

function select(argument: unknown, scope: ReferenceScope): unknown {
  const [position, items] = list("Fn::Select", argument);
  const index = Number(resolveValue(position, scope));
  const choices = list("Fn::Select", resolveValue(items, scope));
  if (!(index in choices)) throw malformed("Fn::Select", `there is no item ${index} in a list of ${choices.length}`);
  return choices[index];
}

function split(argument: unknown, scope: ReferenceScope): string[] {
  const [separator, source] = list("Fn::Split", argument);
  return text("Fn::Split", resolveValue(source, scope)).split(text("Fn::Split", separator));
}

/** Only the chosen branch is resolved: the other may name a resource that its condition leaves out. */
function choose(argument: unknown, scope: ReferenceScope): unknown {
  const [condition, whenTrue, whenFalse] = list("Fn::If", argument);
  return resolveValue(scope.condition(text("Fn::If", condition)) ? whenTrue : whenFalse, scope);
}

function findInMap(argument: unknown, scope: ReferenceScope): unknown {
  const [map, top, second] = list("Fn::FindInMap", argument).map((part) =>
    text("Fn::FindInMap", resolveValue(part, scope)),
  );
  if (map === undefined || top === undefined || second === undefined)
    throw malformed("Fn::FindInMap", "it takes three names");
  return scope.mapped(map, top, second);
}

function text(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw malformed(name, `a text was expected in it, not ${JSON.stringify(value) ?? String(value)}`);
}

function list(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(name, `a list was expected in it, not ${JSON.stringify(value) ?? String(value)}`);
}

const malformed = (name: string, what: string): TemplateError => new TemplateError(`${name} is malformed: ${what}.`);

/** `{{resolve:ssm:…}}` reads a store that does not exist here; passing it on as plain text would hide that. */
function withoutDynamicReference(value: string): string {
  if (!value.includes("{{resolve:")) return value;
  throw new TemplateError(`The dynamic reference ${value} cannot be resolved on one machine: give the value itself.`);
}
