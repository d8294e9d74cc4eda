import type { Access, RequestContext } from "./access.ts";

/** What a request asks for; every access must be allowed. Or why nobody can tell, which lets nobody in. */
export type Wanted =
  | { readonly kind: "accesses"; readonly accesses: readonly Access[] }
  | { readonly kind: "unknown"; readonly sentence: string };

export const wants = (...accesses: readonly Access[]): Wanted => ({ kind: "accesses", accesses });

export const unknown = (sentence: string): Wanted => ({ kind: "unknown", sentence });

export const access = (action: string, resource: string, context: Readonly<Record<string, unknown>> = {}): Access => ({
  action,
  resource,
  context: contextOf(context),
});

/** Leaves out what is undefined: the request has no such key. */
function contextOf(values: Readonly<Record<string, unknown>>): RequestContext {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return new Map(
    present.map(([key, value]) => [key.toLowerCase(), Array.isArray(value) ? value.map(String) : [String(value)]]),
  );
}
