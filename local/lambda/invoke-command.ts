/** What the process of a function is told over its channel: run the handler once. */
export interface InvokeCommand {
  readonly kind: "invoke";
  readonly requestId: string;
  readonly functionArn: string;
  readonly traceId: string;
  readonly timeoutMs: number;
  readonly event: unknown;
}
