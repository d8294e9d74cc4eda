import { once } from "node:events";
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";

/** A call as it goes by. */
export interface WatchedCall {
  /** `AmazonSQS.SendMessageBatch`, or `PUT /bucket/key`. */
  readonly name: string;
  readonly body: string;
}

/** An address that passes all calls on to the local system. */
export interface WatchedEndpoint {
  readonly address: string;
  /**
   * Calls `act` once, when a call comes that `isIt` finds: `before` it is passed on, which it then is not, or `after` it was done, whose
   * answer then is lost.
   */
  at(moment: "before" | "after", isIt: (call: WatchedCall) => boolean, act: () => void): void;
  /** Lets a call wait, once, until `meanwhile` has ended; then it is passed on. */
  hold(isIt: (call: WatchedCall) => boolean, meanwhile: () => Promise<void>): void;
  stop(): Promise<void>;
}

interface Trap {
  readonly moment: "before" | "after";
  readonly isIt: (call: WatchedCall) => boolean;
  readonly act: () => void;
}

interface Hold {
  readonly isIt: (call: WatchedCall) => boolean;
  readonly meanwhile: () => Promise<void>;
}

/** Stands before a system on this machine. */
export async function aWatchedEndpoint(target: string): Promise<WatchedEndpoint> {
  let trap: Trap | undefined;
  let held: Hold | undefined;
  const server = createServer((request, response) => {
    void pass(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("The server has no port.");
  return {
    address: `http://127.0.0.1:${bound.port}`,
    at: (moment, isIt, act) => {
      trap = { moment, isIt, act };
    },
    hold: (isIt, meanwhile) => {
      held = { isIt, meanwhile };
    },
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const hold = held?.isIt(callOf(request, body)) === true ? held : undefined;
    if (hold !== undefined) {
      held = undefined;
      await hold.meanwhile();
    }
    const caught = trap?.isIt(callOf(request, body)) === true ? trap : undefined;
    if (caught !== undefined) trap = undefined;
    if (caught?.moment === "before") {
      caught.act();
      response.destroy();
      return;
    }
    const { method, headers, url } = request;
    const onward = forward(new URL(url ?? "/", target), { method: method ?? "GET", headers });
    onward.end(body);
    const [answer] = (await once(onward, "response")) as [IncomingMessage];
    const answered = await bytesOf(answer);
    if (caught !== undefined) {
      caught.act();
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers).end(answered);
  }
}

function callOf({ method, headers, url }: IncomingMessage, body: Buffer): WatchedCall {
  const target = headers["x-amz-target"];
  return { name: typeof target === "string" ? target : `${method} ${url}`, body: body.toString("utf8") };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Finds the call of this number, from 1, among those with this name. */
export function numbered(number: number, name: string | RegExp): (call: WatchedCall) => boolean {
  let seen = 0;
  return (call) => {
    if (typeof name === "string" ? call.name !== name : !name.test(call.name)) return false;
    seen += 1;
    return seen === number;
  };
}
