import { memberOf } from "#shared/aws/sdk-error.ts";

/** The code of an error of the operating system, such as ENOENT. */
export function errorCode(error: unknown): string {
  const code = memberOf(error, "code");
  return typeof code === "string" ? code : "unknown reason";
}
