/** What the AWS SDK's errors tell, read without trusting their shape. */
export interface SdkError {
  readonly name: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly message?: string;
}

/** Reads anything that was thrown. A broken connection's own code (`ECONNRESET`) is a better name than `Error`. */
export function readSdkError(thrown: unknown): SdkError {
  if (!(thrown instanceof Error)) return { name: "UnknownError" };
  const code = textIn(thrown, "code");
  const metadata: unknown = "$metadata" in thrown ? thrown.$metadata : undefined;
  const status = memberOf(metadata, "httpStatusCode");
  const requestId = memberOf(metadata, "requestId");
  return {
    name: namedAs(thrown.name === "Error" && code !== undefined ? code : thrown.name),
    ...(typeof status === "number" && { status }),
    ...(typeof requestId === "string" && { requestId }),
    message: thrown.message,
  };
}

/** The name comes over the wire: what does not look like one is none. */
const namedAs = (name: string): string => (/^[A-Za-z][A-Za-z0-9_.]{0,79}$/.test(name) ? name : "UnknownError");

function textIn(container: object, name: string): string | undefined {
  const value = memberOf(container, name);
  return typeof value === "string" ? value : undefined;
}

/** A member of something whose shape is not known. */
export function memberOf(container: unknown, name: string): unknown {
  if (typeof container !== "object" || container === null) return undefined;
  const entries: [string, unknown][] = Object.entries(container);
  return entries.find(([key]) => key === name)?.[1];
}
