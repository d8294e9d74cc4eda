import { isObject } from "#shared/contract/is-object.ts";
import { publishedSchema, resolved, type SchemaNode } from "./published-schema.ts";

/** A spot in a request, with what the schema says about it. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly node: SchemaNode;
  /** The name of the member and of the definition that it is a member of, such as `CreateContactInput.Channel`. */
  readonly member: string;
}

const isNode = (value: unknown): value is SchemaNode => isObject(value);

const nodesIn = (value: unknown): Readonly<Record<string, SchemaNode>> =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, SchemaNode] => isNode(entry[1])))
    : {};

/** The members that the schema gives a structure. */
export const membersOf = (node: SchemaNode): Readonly<Record<string, SchemaNode>> =>
  nodesIn(resolved(node)["properties"]);

/** What the schema says about an entry of a map; nothing if the node is no map. */
const entryNode = (node: SchemaNode, key: string): SchemaNode | undefined => {
  const { patternProperties, additionalProperties } = resolved(node);
  const [, special] =
    Object.entries(nodesIn(patternProperties)).find(([pattern]) => new RegExp(pattern, "u").test(key)) ?? [];
  return special ?? (isNode(additionalProperties) ? additionalProperties : undefined);
};

const definitionName = (node: SchemaNode, around: string): string =>
  typeof node["$ref"] === "string" ? node["$ref"].replace("#/$defs/", "") : around;

const placesBelow = (place: Place): readonly Place[] => {
  const { value, node, path } = place;
  const around = definitionName(node, place.member);
  if (Array.isArray(value)) {
    const items = resolved(node)["items"];
    return isNode(items)
      ? value.map((item, index) => ({ path: [...path, index], value: item, node: items, member: `${around}[]` }))
      : [];
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const member = membersOf(node)[key];
    if (member !== undefined) return [{ path: [...path, key], value: child, node: member, member: `${around}.${key}` }];
    const entry = entryNode(node, key);
    return entry === undefined ? [] : [{ path: [...path, key], value: child, node: entry, member: `${around}.*` }];
  });
};

const placesFrom = (place: Place): readonly Place[] => [place, ...placesBelow(place).flatMap(placesFrom)];

/** Every spot of a good request, from its root. */
export const placesIn = (request: object): readonly Place[] => {
  const name = `${"operation" in request ? String(request.operation) : ""}Request`;
  const node = { $ref: `#/$defs/${name}` };
  if (publishedSchema.$defs[name] === undefined) throw new Error(`The schema has no ${name}.`);
  return placesFrom({ path: [], value: request, node, member: name });
};
