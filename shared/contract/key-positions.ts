/**
 * Tells at which place of its object a key stands, from 0; a key that is not there stands behind all others. Remembers what it
 * has counted, so that many issues in one large map cost no more than one walk over it.
 */
export class KeyPositions {
  readonly #known = new Map<object, ReadonlyMap<string, number>>();

  of(parent: object, key: string): number {
    const positions = this.#known.get(parent) ?? this.#count(parent);
    return positions.get(key) ?? positions.size;
  }

  #count(parent: object): ReadonlyMap<string, number> {
    const positions = new Map(Object.keys(parent).map((key, position) => [key, position]));
    this.#known.set(parent, positions);
    return positions;
  }
}
