import type { Assembly } from "./synthesize.ts";

/** Measures with an assembly, and removes it however that ends. */
export async function withAssembly<Result>(
  made: Promise<Assembly>,
  measure: (assembly: Assembly) => Promise<Result>,
): Promise<Result> {
  const assembly = await made;
  try {
    return await measure(assembly);
  } finally {
    await assembly.discard();
  }
}
