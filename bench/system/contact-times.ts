import type { Deployment } from "./deployment.ts";

/** When each contact was made whose request is named after this label: its name → epoch milliseconds. */
export function contactTimes({ system }: Deployment, label: string): ReadonlyMap<string, number> {
  const named = system.connect.contacts().map(({ input, at }) => [String(input["Name"]), Date.parse(at)] as const);
  return new Map(named.filter(([name]) => name.startsWith(`${label}/`)));
}
