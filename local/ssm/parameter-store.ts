import { SsmError } from "./ssm-error.ts";

/** A parameter, as the API describes it. */
export interface Parameter {
  readonly Name: string;
  readonly Type: "String" | "StringList";
  readonly Value: string;
  readonly Version: number;
  /** Epoch seconds. */
  readonly LastModifiedDate: number;
  readonly ARN: string;
  readonly DataType: string;
}

/** The template's parameters. Nobody changes them while the system runs: they are what a deployment would write. */
export class ParameterStore {
  readonly #parameters = new Map<string, Parameter>();

  /** Throws if the name is taken. */
  add(parameter: Parameter): void {
    if (this.#parameters.has(parameter.Name))
      throw new SsmError("ParameterAlreadyExists", `the parameter name ${parameter.Name} is used twice.`);
    this.#parameters.set(parameter.Name, parameter);
  }

  /** By name or by ARN, each with or without a version: `/name:1`. There is one version of each. */
  find(nameOrArn: string): Parameter | undefined {
    const known = [...this.#parameters.values()];
    return known.find(({ Name, ARN, Version }) =>
      [Name, ARN, `${Name}:${Version}`, `${ARN}:${Version}`].includes(nameOrArn),
    );
  }
}
