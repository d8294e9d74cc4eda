/** A module inside fauxqs that the package does not export. Its shape is unknown until it is parsed. */
export async function fauxqsModule(path: string): Promise<unknown> {
  const module: unknown = await import(new URL(path, import.meta.resolve("fauxqs")).href);
  return module;
}
