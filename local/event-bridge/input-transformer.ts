import { invalidTarget } from "./invalid-target.ts";
import { type JsonPath, parseJsonPath } from "./json-path.ts";
import type { MatchedEvent } from "./matched-event.ts";

export interface InputTransformerDescription {
  readonly InputPathsMap?: Readonly<Record<string, string>> | undefined;
  readonly InputTemplate: string;
}

type Variable = (matched: MatchedEvent) => unknown;

/** A piece of the template: text as it is, or a variable, inside a JSON text or standing for a whole value. */
type Piece = string | { readonly variable: Variable; readonly place: "in-text" | "as-value" };

const PREDEFINED: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ["aws.events.rule-arn", ({ rule }) => rule.arn],
  ["aws.events.rule-name", ({ rule }) => rule.name],
  ["aws.events.event.ingestion-time", ({ ingestionTime }) => ingestionTime],
  ["aws.events.event.json", ({ event }) => event],
  ["aws.events.event", ({ event: { detail: _detail, ...rest } }) => rest],
]);

/**
 * The text that an input transformer makes of an event. Values are inserted as AWS does it, without escaping: a quote or a
 * line break in a text breaks the JSON around it. A path that leads nowhere inserts nothing.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function inputTransformer(
  { InputPathsMap = {}, InputTemplate }: InputTransformerDescription,
  targetId: string,
): (matched: MatchedEvent) => string {
  const variables = new Map(PREDEFINED);
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (name.startsWith("aws."))
      throw invalidTarget(`InputPathsMap of target ${targetId} has the reserved name ${name}.`);
    const select = pathOf(path, targetId);
    variables.set(name, ({ event }) => select({ ...event }));
  }
  const pieces = piecesOf(InputTemplate, variables, targetId);
  refuseWhatIsNoJson(pieces, targetId);
  return (matched) => pieces.map((piece) => (typeof piece === "string" ? piece : inserted(piece, matched))).join("");
}

function pathOf(path: string, targetId: string): JsonPath {
  const select = parseJsonPath(path);
  if (select === undefined) throw invalidTarget(`InputPathsMap of target ${targetId} has the invalid path ${path}.`);
  return select;
}

function piecesOf(template: string, variables: ReadonlyMap<string, Variable>, targetId: string): Piece[] {
  const pieces: Piece[] = [];
  let place: "in-text" | "as-value" = "as-value";
  for (const [token, name] of template.matchAll(/<([\w.-]+)>|\\.|"|[^<\\"]+|./gsu)) {
    if (token === '"') place = place === "as-value" ? "in-text" : "as-value";
    if (name === undefined) {
      pieces.push(token);
      continue;
    }
    const variable = variables.get(name);
    if (variable === undefined) {
      throw invalidTarget(`InputTemplate for target ${targetId} contains invalid placeholder ${name}.`);
    }
    pieces.push({ variable, place });
  }
  return pieces;
}

function inserted({ variable, place }: Exclude<Piece, string>, matched: MatchedEvent): string {
  const value = variable(matched);
  if (value === undefined) return "";
  if (typeof value === "string") return place === "in-text" ? value : `"${value}"`;
  const json = JSON.stringify(value);
  // In a text an object loses its quotes, so that the text at least ends where it should.
  return place === "in-text" ? json.replaceAll('"', "") : json;
}

/** EventBridge refuses a template that would not be JSON with harmless values: one value, or a text on each line. */
function refuseWhatIsNoJson(pieces: readonly Piece[], targetId: string): void {
  const sample = pieces.map(harmless).join("");
  if (isJson(sample) || sample.split("\n").every((line) => line.trim() === "" || isJson(line))) return;
  throw invalidTarget(`Input for target ${targetId} is not a valid JSON text.`);
}

function harmless(piece: Piece): string {
  if (typeof piece === "string") return piece;
  return piece.place === "in-text" ? "" : "null";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
