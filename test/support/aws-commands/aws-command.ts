import { KNOWN_COMMANDS, type KnownCommand } from "./known-commands.ts";
import { optionValue } from "./option-value.ts";

/** A command of the AWS CLI, understood. */
export interface AwsCommand {
  readonly known: KnownCommand;
  /** Members of the API's request. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly endpointUrl: string;
  readonly region: string;
  /** A path into the answer. */
  readonly query?: string;
  readonly output: "json" | "text";
}

const GLOBAL_OPTIONS = ["--endpoint-url", "--query", "--output"];

/** Reads the words behind `aws`. Throws an Error that names the word which the translator does not know. */
export function awsCommand(words: readonly string[], environment: NodeJS.ProcessEnv): AwsCommand {
  const { names, options } = byOption(words);
  const known = KNOWN_COMMANDS[names.join(" ")];
  if (known === undefined) throw new Error(`aws ${names.join(" ")}: this command is not known here.`);
  const given = [...options].filter(([name]) => !GLOBAL_OPTIONS.includes(name));
  const input = given.map(([name, values]) => {
    const option = known.options[name];
    if (option === undefined) throw new Error(`aws ${names.join(" ")}: the option ${name} is not known here.`);
    return [option.member, optionValue(option.kind, values, name)] as const;
  });
  const query = options.get("--query")?.[0];
  return {
    known,
    input: Object.fromEntries(input),
    endpointUrl: needed(options.get("--endpoint-url")?.[0], "--endpoint-url"),
    region: needed(environment["AWS_DEFAULT_REGION"], "AWS_DEFAULT_REGION"),
    output: outputOf(options.get("--output")?.[0]),
    ...(query !== undefined && { query }),
  };
}

/** Values stand behind their option, up to the next one; what stands behind none are the names of service and command. */
function byOption(words: readonly string[]) {
  const names: string[] = [];
  const options = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const word of words) {
    if (word.startsWith("--")) {
      if (options.has(word)) throw new Error(`${word} is given twice.`);
      current = [];
      options.set(word, current);
    } else if (current === undefined || (isGlobal(options) && current.length === 1)) {
      names.push(word);
      current = undefined;
    } else {
      current.push(word);
    }
  }
  return { names, options };
}

/** `aws --endpoint-url URL sqs …`: a global option takes one value, and the names may follow. */
const isGlobal = (options: ReadonlyMap<string, unknown>): boolean =>
  GLOBAL_OPTIONS.includes([...options.keys()].at(-1) ?? "");

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw new Error(`${name} is needed.`);
  return value;
}

function outputOf(given = "json"): AwsCommand["output"] {
  if (given === "json" || given === "text") return given;
  throw new Error(`--output ${given} is not known here.`);
}
