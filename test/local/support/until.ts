/** Waits for a fact, and gives it. Fails with the description when it has not come after ten seconds. */
export async function until<Fact>(
  description: string,
  look: () => Fact | undefined | false | Promise<Fact | undefined | false>,
): Promise<Fact> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const fact = await look();
    if (fact !== undefined && fact !== false) return fact;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Waited ten seconds in vain: ${description}`);
}
