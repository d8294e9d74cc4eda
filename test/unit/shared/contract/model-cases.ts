import { CONNECT_APIS, type ConnectApi } from "#shared/contract/operation.ts";
import { apiModel, type Shape, shapeOf } from "./api-model.ts";
import { candidates, least, textCandidates } from "./candidates.ts";
import { isInModel } from "./is-in-model.ts";

/** One value for one place of an operation's input, and what the model says about it. */
export interface ModelCase {
  readonly operation: ConnectApi;
  /** The place in the model: `*` is the entry of a map, `[]` an item of a list, `*key` the key of an entry. */
  readonly place: readonly string[];
  readonly label: string;
  readonly change: Change;
  readonly isInModel: boolean;
}

type Change =
  | { readonly kind: "set"; readonly value: unknown }
  | { readonly kind: "rename"; readonly key: string; readonly value: unknown }
  | { readonly kind: "leave-out" };

interface Spot {
  readonly operation: ConnectApi;
  readonly place: readonly string[];
  readonly shapeName: string;
}
const valueCases = (spot: Spot): readonly ModelCase[] =>
  candidates(spot.shapeName).map(([label, value]) => ({
    operation: spot.operation,
    place: spot.place,
    label,
    change: { kind: "set", value },
    isInModel: isInModel(shapeOf(spot.shapeName), value),
  }));

const keyCases = ({ operation, place }: Spot, shape: Extract<Shape, { type: "map" }>): readonly ModelCase[] => {
  const keyShape = shapeOf(shape.key);
  if (keyShape.type !== "string") throw new Error("A key is text.");
  return textCandidates(shape.key, keyShape).map(([label, key]) => ({
    operation,
    place: [...place, "*key"],
    label,
    change: { kind: "rename", key: String(key), value: least(shape.value) },
    isInModel: isInModel(keyShape, key),
  }));
};

const memberCases = (spot: Spot, shape: Extract<Shape, { type: "structure" }>): readonly ModelCase[] => {
  const { operation, place } = spot;
  const members = Object.entries(shape.members).flatMap(([name, shapeName]): readonly ModelCase[] => [
    ...casesBelow({ operation, place: [...place, name], shapeName }),
    {
      operation,
      place: [...place, name],
      label: "left out",
      change: { kind: "leave-out" },
      isInModel: !shape.required.includes(name),
    },
  ]);
  const unknown: ModelCase = {
    operation,
    place: [...place, "NoSuchMember"],
    label: "unknown",
    change: { kind: "set", value: "x" },
    isInModel: false,
  };
  return [...members, unknown];
};

/** A segment attribute may hold segment attributes: once around shows every member in each position. */
const isOnceAround = ({ place }: Spot): boolean =>
  place.filter((step) => step === "ValueMap" || step === "ValueList").length > 1;

const casesBelow = (spot: Spot): readonly ModelCase[] => {
  if (isOnceAround(spot)) return [];
  const { operation, place, shapeName } = spot;
  const shape = shapeOf(shapeName);
  const own = place.length === 0 ? [] : valueCases(spot);
  switch (shape.type) {
    case "structure":
      return [...own, ...memberCases(spot, shape)];
    case "list":
      return [...own, ...casesBelow({ operation, place: [...place, "[]"], shapeName: shape.member })];
    case "map":
      return [
        ...own,
        ...keyCases(spot, shape),
        ...casesBelow({ operation, place: [...place, "*"], shapeName: shape.value }),
      ];
    case "string":
    case "integer":
      return own;
  }
};

/** Every constraint of the model for the four operations: both sides of each limit, each enum value, other types, what is left out. */
export const MODEL_CASES: readonly ModelCase[] = CONNECT_APIS.flatMap((operation) => {
  const shapeName = apiModel.operations[operation]?.input;
  if (shapeName === undefined) throw new Error(`The model has no operation ${operation}.`);
  return casesBelow({ operation, place: [], shapeName });
});
