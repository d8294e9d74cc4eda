/** How an invocation ended. */
export type InvocationOutcome =
  /** `response` is what the handler returned, after its way through JSON. */
  | { readonly kind: "succeeded"; readonly response: unknown }
  /** The handler threw, the process died, or time was up. */
  | { readonly kind: "failed"; readonly error: FunctionError }
  /** The code could not be loaded, so the handler never saw the event. */
  | { readonly kind: "init-failed"; readonly error: FunctionError };

/** An error in the form in which Lambda reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stack?: string | undefined;
}
