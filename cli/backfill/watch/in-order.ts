/** Does work on each of many things, at most so many of them at once, and gives what comes of it in the order of the things. */
export async function* inOrder<Thing, Made>(
  things: AsyncIterable<Thing>,
  most: number,
  work: (thing: Thing) => Promise<Made>,
): AsyncGenerator<Made, void> {
  const under: Promise<Made>[] = [];
  for await (const thing of things) {
    const made = work(thing);
    // Whoever waits for it hears of it; until then it is no rejection that nobody has handled.
    made.catch(() => undefined);
    under.push(made);
    if (under.length >= most) yield* first(under);
  }
  while (under.length > 0) yield* first(under);
}

async function* first<Made>(under: Promise<Made>[]): AsyncGenerator<Made, void> {
  const made = under.shift();
  if (made !== undefined) yield await made;
}
