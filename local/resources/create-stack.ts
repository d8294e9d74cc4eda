import type { CloudFormationTemplate } from "../template/cloudformation-template.ts";
import { creationOrder } from "../template/creation-order.ts";
import type { Assembly } from "../template/load-assembly.ts";
import { namedIn } from "../template/named-in.ts";
import { pseudoParameters } from "../template/pseudo-parameters.ts";
import { NO_VALUE, resolveValue } from "../template/resolve-value.ts";
import { StackScope } from "../template/stack-scope.ts";
import { TemplateError } from "../template/template-error.ts";
import type { ResourceType } from "./resource-type.ts";
import { RESOURCE_TYPES } from "./resource-types.ts";
import type { StackServices } from "./stack-services.ts";

type Resource = CloudFormationTemplate["Resources"][string];

/**
 * Makes every resource of the template, each after those that it refers to, and gives the stack's outputs. Rejects with
 * a TemplateError that names the resource and its type for whatever the runner does not know.
 */
export async function createStack(
  assembly: Assembly,
  services: StackServices,
): Promise<Readonly<Record<string, string>>> {
  const { template } = assembly;
  const scope = new StackScope(template, pseudoParameters(assembly));
  const resources = new Map(
    Object.entries(template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
    ),
  );
  refuseUnknown(resources);

  const needs = [...resources].map(
    ([id, { Properties, DependsOn }]) => [id, new Set([...namedIn(Properties), ...DependsOn])] as const,
  );
  for (const logicalId of creationOrder(new Map(needs))) {
    const resource = resources.get(logicalId);
    const type = RESOURCE_TYPES.get(resource?.Type ?? "");
    if (resource === undefined || type === undefined) continue;
    await naming(`${logicalId} (${resource.Type})`, async () => {
      const properties = resolveProperties(resource, scope);
      scope.add(logicalId, await type.create(properties, { logicalId, stack: assembly, services }));
    });
  }
  return await outputsOf(template, scope);
}

/** All that is unknown is named at once, before anything is made. */
function refuseUnknown(resources: ReadonlyMap<string, Resource>): void {
  const complaints = [...resources].flatMap(([logicalId, { Type, Properties }]) => {
    const type = RESOURCE_TYPES.get(Type);
    if (type === undefined) return [`${logicalId} (${Type}): the local runner does not know this resource type.`];
    return unknownProperties(type, Properties).map(
      (name) => `${logicalId} (${Type}): the local runner does not know the property ${name} of this type.`,
    );
  });
  if (complaints.length === 0) return;
  throw new TemplateError(
    `${complaints.join("\n")}\nTake it out of the template, or say in local/resources/ what it does on one machine.`,
  );
}

const unknownProperties = ({ properties }: ResourceType, written: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(written).filter((name) => !properties.has(name));

function resolveProperties({ Properties }: Resource, scope: StackScope): Record<string, unknown> {
  const resolved = Object.entries(Properties).map(([name, value]) => [name, resolveValue(value, scope)] as const);
  return Object.fromEntries(resolved.filter(([, value]) => value !== NO_VALUE));
}

async function outputsOf({ Outputs }: CloudFormationTemplate, scope: StackScope): Promise<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const [name, { Value, Condition }] of Object.entries(Outputs)) {
    if (Condition !== undefined && !scope.condition(Condition)) continue;
    await naming(`output ${name}`, () => {
      outputs[name] = String(resolveValue(Value, scope));
    });
  }
  return outputs;
}

/** An error of the template says where in the template it is. */
async function naming(place: string, act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    throw new TemplateError(`${place}: ${cause.message}`, { cause });
  }
}
