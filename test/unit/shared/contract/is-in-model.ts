import type { Shape } from "./api-model.ts";

/** An `integer` of the model has 32 bits. */
export const INT32 = { min: -(2 ** 31), max: 2 ** 31 - 1 };
const isWithin = (
  count: number,
  { min = 0, max = Number.POSITIVE_INFINITY }: { min?: number | undefined; max?: number | undefined },
) => count >= min && count <= max;

/** What the model says, where AWS matches a pattern against the whole text and an integer has 32 bits. */
export const isInModel = (shape: Shape, value: unknown): boolean => {
  switch (shape.type) {
    case "string":
      return (
        typeof value === "string" &&
        isWithin([...value].length, shape) &&
        (shape.enum === undefined || shape.enum.includes(value)) &&
        (shape.pattern === undefined || new RegExp(`^(?:${shape.pattern})$`, "u").test(value))
      );
    case "integer":
      return typeof value === "number" && Number.isInteger(value) && isWithin(value, { ...INT32, ...shape });
    case "list":
      return Array.isArray(value) && isWithin(value.length, shape);
    case "map":
    case "structure":
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
};
