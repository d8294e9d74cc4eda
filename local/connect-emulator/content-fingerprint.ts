import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject } from "./json-object.ts";

/** Equal for requests that say the same, whatever the order of their members. Token and instance are compared elsewhere. */
export function contentFingerprint(input: JsonObject): string {
  const { ClientToken: _token, InstanceId: _instance, ...content } = input;
  return createHash("sha256").update(JSON.stringify(content, sortMembers)).digest("hex");
}

const sortMembers = (_name: string, value: unknown): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
