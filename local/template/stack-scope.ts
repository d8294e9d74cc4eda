import type { CloudFormationTemplate } from "./cloudformation-template.ts";
import { evaluateCondition } from "./evaluate-condition.ts";
import type { ReferenceScope } from "./resolve-value.ts";
import { TemplateError } from "./template-error.ts";

/** What a resource is known by once it exists: the value of Ref and of each Fn::GetAtt. */
export interface ResourceNames {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Resolves names against one template, its parameters' defaults, and the resources that have been made so far. */
export class StackScope implements ReferenceScope {
  readonly #template: CloudFormationTemplate;
  readonly #pseudoParameters: ReadonlyMap<string, unknown>;
  readonly #made = new Map<string, ResourceNames>();
  readonly #conditionsUnderway = new Set<string>();

  constructor(template: CloudFormationTemplate, pseudoParameters: ReadonlyMap<string, unknown>) {
    this.#template = template;
    this.#pseudoParameters = pseudoParameters;
  }

  add(logicalId: string, names: ResourceNames): void {
    this.#made.set(logicalId, names);
  }

  ref(name: string): unknown {
    if (this.#pseudoParameters.has(name)) return this.#pseudoParameters.get(name);
    const parameter = this.#template.Parameters[name];
    return parameter === undefined ? this.#resource(name).ref : parameterValue(name, parameter);
  }

  attribute(logicalId: string, attribute: string): string {
    const { attributes } = this.#resource(logicalId);
    const value = attributes[attribute];
    if (value !== undefined) return value;
    const known = Object.keys(attributes).join(", ") || "none";
    throw new TemplateError(
      `The resource ${logicalId} has no attribute ${attribute} in the local runner (known: ${known}).`,
    );
  }

  condition(name: string): boolean {
    const expression = this.#template.Conditions[name];
    if (expression === undefined) throw new TemplateError(`The template has no condition ${name}.`);
    if (this.#conditionsUnderway.has(name)) throw new TemplateError(`The condition ${name} depends on itself.`);
    this.#conditionsUnderway.add(name);
    try {
      return evaluateCondition(expression, this);
    } finally {
      this.#conditionsUnderway.delete(name);
    }
  }

  mapped(map: string, topKey: string, secondKey: string): unknown {
    const value = this.#template.Mappings[map]?.[topKey]?.[secondKey];
    if (value === undefined) throw new TemplateError(`The mapping ${map} has no value for ${topKey}, ${secondKey}.`);
    return value;
  }

  #resource(logicalId: string): ResourceNames {
    const names = this.#made.get(logicalId);
    if (names !== undefined) return names;
    if (logicalId in this.#template.Resources) {
      throw new TemplateError(`The resource ${logicalId} is referred to but was not made: its condition is false.`);
    }
    throw new TemplateError(`The template has no resource or parameter ${logicalId}.`);
  }
}

function parameterValue(name: string, parameter: { Type: string; Default?: unknown }): unknown {
  if (parameter.Type.startsWith("AWS::SSM::")) {
    throw new TemplateError(
      `The parameter ${name} is read from the Parameter Store, which does not exist on one machine.`,
    );
  }
  if (parameter.Default === undefined)
    throw new TemplateError(`The parameter ${name} has no default: the local runner gives none.`);
  return parameter.Default;
}
