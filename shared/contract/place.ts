import * as z from "zod";
import { bareSchema } from "./bare-schema.ts";
import { isObject } from "./is-object.ts";
import type { PathSegment } from "./issue.ts";
import { KeyPositions } from "./key-positions.ts";

/** A spot in a candidate: how to get there, what stands there, and what the contract says about it. */
export class Place {
  readonly path: readonly PathSegment[];
  /** For each step, at which position of its parent it goes on: compared in turn, these give the order of the document. */
  readonly order: readonly number[];
  readonly value: unknown;
  /** Undefined where the contract knows nothing. */
  readonly schema: z.core.$ZodType | undefined;
  readonly #positions: KeyPositions;

  static root(schema: z.core.$ZodType, candidate: unknown): Place {
    return new Place({ path: [], order: [], value: candidate, schema }, new KeyPositions());
  }

  private constructor(spot: Pick<Place, "path" | "order" | "value" | "schema">, positions: KeyPositions) {
    this.path = spot.path;
    this.order = spot.order;
    this.value = spot.value;
    this.schema = bareSchema(spot.schema);
    this.#positions = positions;
  }

  /** The place one step further down. What the contract does not name is an entry: it may hold anything. */
  below(step: PropertyKey): Place {
    return typeof step === "number" ? this.#item(step) : this.#keyed(String(step));
  }

  #item(index: number): Place {
    const value: unknown = Array.isArray(this.value) ? this.value[index] : undefined;
    const schema = this.schema instanceof z.ZodArray ? this.schema.element : undefined;
    return this.#down({ kind: "index", index }, index, { value, schema });
  }

  #keyed(key: string): Place {
    const parent = isObject(this.value) ? this.value : {};
    const position = this.#positions.of(parent, key);
    const value = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (this.schema instanceof z.ZodObject && Object.hasOwn(this.schema.shape, key)) {
      return this.#down({ kind: "member", name: key }, position, { value, schema: this.schema.shape[key] });
    }
    const schema = this.schema instanceof z.ZodRecord ? this.schema.valueType : undefined;
    return this.#down({ kind: "entry", key, position }, position, { value, schema });
  }

  #down(segment: PathSegment, position: number, spot: Pick<Place, "value" | "schema">): Place {
    return new Place({ ...spot, path: [...this.path, segment], order: [...this.order, position] }, this.#positions);
  }
}
