/** A function as the template describes it, in the terms of this machine. */
export interface FunctionConfiguration {
  readonly functionName: string;
  readonly functionArn: string;
  readonly region: string;
  /** `FILE.EXPORT` */
  readonly handler: string;
  /** `nodejs24.x` */
  readonly runtime: string;
  /** The directory that holds the code. */
  readonly taskRoot: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** The template's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where the services are: the only variables that are not the template's or Lambda's. */
  readonly endpointVariables: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  /** What Lambda adds for functions that log JSON. */
  readonly logVariables: Readonly<Record<string, string>>;
  /** How far the clocks of the function's processes are ahead of the machine's, at this moment. */
  readonly clockOffsetMs: () => number;
  /** How many invocations may run at once; undefined is no limit. */
  readonly reservedConcurrency: number | undefined;
}
