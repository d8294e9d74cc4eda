import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { isObject } from "#shared/contract/is-object.ts";
import type { PathSegment } from "#shared/contract/issue.ts";
import type { ModelCase } from "./model-cases.ts";

/** A request with one change, and where the change was made. */
export interface ChangedRequest {
  readonly request: unknown;
  readonly path: readonly PathSegment[];
}

interface Target {
  readonly parent: Record<string, unknown> | unknown[];
  readonly path: readonly PathSegment[];
}

/** One step down; of a map the last entry is taken. Undefined where the request has nothing to go on with. */
const below = ({ parent, path }: Target, step: string): Target | undefined => {
  const key = step === "*" ? Object.keys(parent).at(-1) : step;
  if (key === undefined) return undefined;
  const child = Array.isArray(parent) ? parent[0] : parent[key];
  if (!isObject(child) && !Array.isArray(child)) return undefined;
  return { parent: child, path: [...path, segmentOf(parent, step)] };
};

const segmentOf = (parent: Record<string, unknown> | unknown[], step: string): PathSegment => {
  if (step === "[]") return { kind: "index", index: 0 };
  const keys = Object.keys(parent);
  if (step === "*") return { kind: "entry", key: keys.at(-1) ?? "", position: keys.length - 1 };
  return { kind: "member", name: step };
};

const setLast = (parent: Record<string, unknown> | unknown[], step: string, value: unknown): void => {
  if (Array.isArray(parent)) parent[0] = value;
  else parent[step === "*" ? (Object.keys(parent).at(-1) ?? "") : step] = value;
};

/** Makes a case's change in a copy of a request; undefined where the request does not have the place. */
export const applyChange = (scene: ContactRequest, { place, change, label }: ModelCase): ChangedRequest | undefined => {
  const request = structuredClone(scene);
  let target: Target | undefined = { parent: request.input, path: [{ kind: "member", name: "input" }] };
  for (const step of place.slice(0, -1)) target = target && below(target, step);
  const last = place.at(-1);
  if (target === undefined || last === undefined) return undefined;
  const { parent, path } = target;
  if (change.kind === "rename") {
    if (Array.isArray(parent)) return undefined;
    const keys = Object.keys(parent);
    delete parent[keys.at(-1) ?? ""];
    parent[change.key] = change.value;
    return { request, path: [...path, { kind: "entry", key: change.key, position: keys.length - 1 }] };
  }
  if (change.kind === "leave-out") {
    if (!Array.isArray(parent)) delete parent[last];
    return { request, path: [...path, { kind: "member", name: last }] };
  }
  setLast(parent, last, change.value);
  const isUnknown = label === "unknown";
  const position = Object.keys(parent).length - 1;
  return { request, path: [...path, isUnknown ? { kind: "entry", key: last, position } : segmentOf(parent, last)] };
};
