import type * as z from "zod";
import { nearestName } from "./contract/nearest-name.ts";

/**
 * What an object of settings says about a candidate: a name that it does not know is refused with the nearest one, since
 * somebody relies on a setting that is silently dropped.
 */
export const knownSettingsOnly =
  (known: readonly string[]): z.core.$ZodErrorMap =>
  (issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((name) => `"${name}" is not a setting; ${hint(name, known)}`).join(" ")
      : "must be an object";

function hint(name: string, known: readonly string[]): string {
  const [group = "", ...members] = name.split(".");
  if (members.length > 0 && known.includes(group))
    return `settings are nested, as in {"${group}":{"${members.join(".")}":…}}.`;
  const nearest = nearestName(name, known);
  return nearest === undefined ? `known are ${known.join(", ")}.` : `did you mean ${nearest}?`;
}
