import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { ConnectInstances } from "./connect-instances.ts";
import type { EmulatorParts } from "./emulator-parts.ts";
import { parseFaultsUpdate } from "./fault-settings.ts";
import { type ParsedSetting, parseSetting } from "./parse-setting.ts";
import { readBody } from "./read-body.ts";

/** Everything under this path is about the emulator and no part of Connect. It needs no signature. */
export const CONTROL_PATH = "/_local/";

// Far beyond any test, and within what a Date can hold.
const FARTHEST_OFFSET_MS = 1e14;
const clockUpdate = z
  .strictObject({
    offsetMs: z.number().min(-FARTHEST_OFFSET_MS).max(FARTHEST_OFFSET_MS).exactOptional(),
    now: z.iso.datetime({ offset: true }).exactOptional(),
  })
  .refine(({ offsetMs, now }) => (offsetMs === undefined) !== (now === undefined), {
    error: "takes exactly one of offsetMs, now",
  });
const CLOCK_HINT = 'The clock takes {"offsetMs": milliseconds} or {"now": "2026-12-01T09:00:00Z"}';

interface Controls {
  readonly instances: ConnectInstances;
  readonly parts: EmulatorParts;
  /** Changes the settings, or says why not. */
  configure(changes: unknown): ParsedSetting<unknown>;
}

interface ControlRequest {
  readonly query: URLSearchParams;
  /** The parsed body of a POST. */
  readonly body: unknown;
}

type Action = (request: ControlRequest) => ParsedSetting<unknown>;

const found = (value: unknown): ParsedSetting<unknown> => ({ ok: true, value });

/** `/_local/…`: what was made, what was counted, and what can be set, each a path. */
export class ControlApi {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #parts: EmulatorParts;

  constructor({ instances, parts, configure }: Controls) {
    this.#parts = parts;
    const faults = () => found(parts.faults.settings());
    const clock = () => found({ now: new Date(parts.clock.nowMs()).toISOString(), offsetMs: parts.clock.offsetMs });
    this.#actions = new Map<string, Action>([
      ["GET /_local/contacts", ({ query }) => contactsSince(query.get("since") ?? "0", instances)],
      ["GET /_local/stats", () => found(parts.stats.snapshot(instances.open.totals()))],
      ["GET /_local/faults", faults],
      [
        "POST /_local/faults",
        ({ body }) => whenParsed(parseFaultsUpdate(body), (update) => parts.faults.update(update), faults),
      ],
      [
        "DELETE /_local/faults",
        () => {
          parts.faults.clear();
          return faults();
        },
      ],
      ["GET /_local/settings", () => found(parts.settings())],
      ["POST /_local/settings", ({ body }) => configure(body)],
      ["GET /_local/clock", clock],
      [
        "POST /_local/clock",
        ({ body }) =>
          whenParsed(parseSetting(clockUpdate, body, CLOCK_HINT), (update) => setClock(update, parts), clock),
      ],
    ]);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = "", query] = (request.url ?? "").split("?");
    const action = this.#actions.get(`${request.method} ${path}`);
    const body = await readBody(request, this.#parts.settings().maxBodyBytes);
    if (action === undefined) {
      const message = `No such path. There are: ${[...this.#actions.keys()].join(", ")}`;
      return sendJson(response, 404, { message });
    }
    if (body.kind !== "complete") return sendJson(response, 413, { message: "The body is too large" });
    const parsed = request.method === "POST" ? parseJson(body.bytes.toString()) : found(undefined);
    const done = parsed.ok ? action({ query: new URLSearchParams(query), body: parsed.value }) : parsed;
    if (done.ok) sendJson(response, 200, done.value);
    else sendJson(response, 400, { message: done.message });
  }
}

function contactsSince(since: string, { contacts }: ConnectInstances): ParsedSetting<unknown> {
  if (/^\d+$/.test(since)) return found(contacts.list(Number(since)));
  return { ok: false, message: "since must be a whole number: how many contacts to leave out" };
}

function whenParsed<Value>(
  parsed: ParsedSetting<Value>,
  apply: (value: Value) => void,
  show: () => ParsedSetting<unknown>,
): ParsedSetting<unknown> {
  if (!parsed.ok) return parsed;
  apply(parsed.value);
  return show();
}

function setClock({ offsetMs, now }: z.infer<typeof clockUpdate>, { clock }: EmulatorParts): void {
  if (offsetMs !== undefined) clock.moveTo(offsetMs);
  if (now !== undefined) clock.setNow(Date.parse(now));
}

function parseJson(text: string): ParsedSetting<unknown> {
  try {
    return found(JSON.parse(text));
  } catch {
    return { ok: false, message: "The body is not JSON" };
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed) return;
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
}
