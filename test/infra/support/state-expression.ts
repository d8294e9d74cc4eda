import * as z from "zod";

const object = z.record(z.string(), z.unknown());

/**
 * The value of an expression of a state machine, as far as ours go: a path that begins with `$states`, or texts and such
 * paths joined by `&`. Anything else is itself. Objects are evaluated member by member.
 */
export function evaluate(value: unknown, states: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => evaluate(each, states));
  const members = object.safeParse(value).data;
  if (members !== undefined)
    return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, evaluate(member, states)]));
  const expression = typeof value === "string" ? /^\{% (.*) %\}$/.exec(value)?.[1] : undefined;
  if (expression === undefined) return value;
  const terms = expression.split(" & ").map((term) => termOf(term, states));
  return terms.length === 1 ? terms[0] : terms.map(String).join("");
}

function termOf(term: string, states: unknown): unknown {
  const literal = /^'([^']*)'$/.exec(term)?.[1];
  if (literal !== undefined) return literal;
  const path = /^\$states((?:\.\w+)+)$/.exec(term)?.[1];
  if (path === undefined) throw new Error(`This test cannot evaluate ${term}.`);
  return path.slice(1).split(".").reduce(memberOf, states);
}

function memberOf(value: unknown, name: string): unknown {
  const members = object.parse(value);
  if (!(name in members)) throw new Error(`There is no ${name} in ${JSON.stringify(value)}.`);
  return members[name];
}
