/** Every name that a value of the template refers to, by Ref, Fn::GetAtt or Fn::Sub: resources, parameters and pseudo parameters. */
export function namedIn(value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  collect(value, names);
  return names;
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === "Ref" && typeof member === "string") names.add(member);
    if (key === "Fn::GetAtt") names.add(firstPart(member));
    if (key === "Fn::Sub") for (const name of inPattern(member)) names.add(name);
    collect(member, names);
  }
}

const firstPart = (argument: unknown): string =>
  String(Array.isArray(argument) ? argument[0] : argument).split(".")[0] ?? "";

function inPattern(argument: unknown): string[] {
  const pattern = String(Array.isArray(argument) ? argument[0] : argument);
  return [...pattern.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = ""]) => firstPart(name.trim()));
}
