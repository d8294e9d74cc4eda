import { TemplateError } from "./template-error.ts";

/**
 * The names in an order in which each comes after all that it needs. Needs that are not among the names are passed over.
 * Throws a TemplateError that spells out the circle, as CloudFormation refuses circular dependencies.
 */
export function creationOrder(needs: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    if (path.includes(name)) throw circle([...path.slice(path.indexOf(name)), name]);
    for (const need of needs.get(name) ?? []) if (needs.has(need)) visit(need, [...path, name]);
    done.add(name);
  };
  for (const name of needs.keys()) visit(name, []);
  return [...done];
}

const circle = (names: readonly string[]): TemplateError =>
  new TemplateError(`Circular dependency between resources: ${names.join(" → ")}. CloudFormation would refuse it too.`);
