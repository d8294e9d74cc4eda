import { type CliOptions, type CliProcess, startCli } from "./cli-process.ts";

/** `contact-requests local` in a process of its own, ready to work. */
export interface LocalProcess extends CliProcess {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
}

/** Starts the system on a free port. Rejects with what it wrote when it ends before it is ready. */
export async function startLocalProcess(args: readonly string[] = [], options: CliOptions = {}): Promise<LocalProcess> {
  const started = startCli("contact-requests.ts", ["local", "--port", "0", ...args], options);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const look = () => {
    const ready = /^ready (http:\/\/127\.0\.0\.1:\d+)\n.*End with/ms.exec(
      started.written.stdout + started.written.stderr,
    );
    if (ready?.[1] !== undefined) resolve(ready[1]);
  };
  started.child.stdout?.on("data", look);
  started.child.stderr?.on("data", look);
  void started.ended.then(({ stdout, stderr }) =>
    reject(new Error(`It ended before it was ready: ${stdout}${stderr}`)),
  );
  return { ...started, endpoint: await promise };
}

/** What a client of the local system needs, as environment variables. */
export const clientVariables = (endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
});
