/** The directory of a function's bundle. Throws, at synth, if it is not among them. */
export function bundleOf(name: string, bundles: Readonly<Record<string, string>>): string {
  const bundle = bundles[name];
  if (bundle === undefined) throw new Error(`There is no bundle for ${name}. Bundle it first.`);
  return bundle;
}
