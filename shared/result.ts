/** What an operation that may fail in an expected way gives back. Bugs are thrown; refusals and outages are returned. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

export const succeeded = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });

export const failed = <Failure>(error: Failure): Result<never, Failure> => ({ ok: false, error });
