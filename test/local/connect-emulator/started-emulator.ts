import { ConnectClient } from "@aws-sdk/client-connect";
import { afterEach } from "@jest/globals";
import type { ConnectEmulator, ConnectEmulatorOptions } from "#local/connect-emulator/connect-emulator.ts";
import { startConnectEmulator } from "#local/connect-emulator/start-connect-emulator.ts";

export interface StartedForTest {
  readonly address: string;
  readonly emulator: ConnectEmulator;
  /** The real SDK client. It tries once. */
  readonly client: ConnectClient;
}

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

/** More calls than any test makes, for those that are not about the quota. */
const AMPLE = { all: { ratePerSecond: 100_000, burst: 100_000 } } as const;

/** An emulator with an ample quota, unless the options say otherwise, and a client of it. Both end with the test. */
export async function startedEmulator(options: ConnectEmulatorOptions = {}): Promise<StartedForTest> {
  const settings = { quota: AMPLE, ...options.settings };
  const { address, emulator, stop } = await startConnectEmulator({ ...options, settings });
  const client = new ConnectClient({
    endpoint: address,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  cleanups.push(async () => {
    client.destroy();
    await stop();
  });
  return { address, emulator, client };
}
