import * as z from "zod";
import type { ParameterStore } from "./parameter-store.ts";
import { SsmError } from "./ssm-error.ts";

type Answer = Readonly<Record<string, unknown>>;

/** One operation of the API: the members of its request in, those of its answer out. Throws an SsmError. */
export type SsmAction = (input: unknown, parameters: ParameterStore) => Answer;

const name = z.string().min(1).max(2048);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
const getParameter: SsmAction = (input, parameters) => {
  const { Name } = parsed(z.object({ Name: name }), input);
  const Parameter = parameters.find(Name);
  // AWS tells no more than the code; a person on one machine is helped by the name.
  if (Parameter === undefined) throw new SsmError("ParameterNotFound", `The template has no parameter ${Name}.`);
  return { Parameter };
};

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const getParameters: SsmAction = (input, parameters) => {
  const { Names } = parsed(z.object({ Names: z.array(name).min(1).max(10) }), input);
  const unique = [...new Set(Names)];
  return {
    Parameters: unique.flatMap((each) => parameters.find(each) ?? []),
    InvalidParameters: unique.filter((each) => parameters.find(each) === undefined),
  };
};

const putParameter: SsmAction = () => {
  throw new SsmError(
    "AccessDeniedException",
    "The local parameters are what the template says, and nobody changes them while it runs. Change the settings of the deployment, and start the local system again.",
  );
};

/** The operations that are answered, by the API's name of each. */
export const SSM_ACTIONS: ReadonlyMap<string, SsmAction> = new Map([
  ["GetParameter", getParameter],
  ["GetParameters", getParameters],
  ["PutParameter", putParameter],
]);

function parsed<Shape extends z.ZodType>(shape: Shape, input: unknown): z.output<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.join(".") || "the request"}: ${message}`);
  throw new SsmError("ValidationException", `${issues.length} validation error(s) detected: ${issues.join("; ")}`);
}
