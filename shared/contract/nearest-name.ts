const withoutCaseAndSeparators = (name: string): string => name.toLowerCase().replaceAll(/[-_ .]/gu, "");

/**
 * How many edits of one character lead from one text to the other, where two neighbours that changed places are one edit:
 * it is how people mistype (Damerau and Levenshtein; no character is edited twice).
 */
const editDistance = (from: string, to: string): number => {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 0; row < from.length; row += 1) {
    const current = [row + 1];
    for (let column = 0; column < to.length; column += 1) {
      const substituted = (previous[column] ?? 0) + (from[row] === to[column] ? 0 : 1);
      const edited = Math.min(substituted, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1);
      const changedPlaces = column > 0 && from[row] === to[column - 1] && from[row - 1] === to[column];
      current.push(changedPlaces ? Math.min(edited, (beforePrevious[column - 1] ?? 0) + 1) : edited);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[to.length] ?? 0;
};

/** A third of a name may be wrong, but never more than three characters: beyond that a guess misleads. */
const tolerance = (name: string): number => Math.min(3, Math.floor(name.length / 3));

const LONGEST_GUESS = 64;

/** The known name that somebody most likely meant, whatever its case and separators; undefined when none is near. */
export const nearestName = (written: string, known: readonly string[]): string | undefined => {
  // Texts of any length come in here: nothing is near to a very long one, and nobody should pay for finding that out.
  if (written.length > LONGEST_GUESS) return undefined;
  const wanted = withoutCaseAndSeparators(written);
  let nearest: { name: string; distance: number } | undefined;
  for (const name of known) {
    const candidate = withoutCaseAndSeparators(name);
    const limit = Math.min(tolerance(candidate), (nearest?.distance ?? Number.POSITIVE_INFINITY) - 1);
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, candidate);
    if (distance <= limit) nearest = { name, distance };
  }
  return nearest?.name;
};
