/** What is made of the next things, at most so many; less than that at their end. Each is let go before the next is asked for. */
export async function take<Thing, Made>(
  things: AsyncIterator<Thing, void>,
  most: number,
  make: (thing: Thing) => Made,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  while (made.length < most) {
    const { value, done } = await things.next();
    if (done === true) break;
    made.push(make(value));
  }
  return made;
}
