// Loaded into the process of a function before everything else, so that the runner can move the time that its code sees:
// Date.now(), new Date() and Date(). Timers run as ever, and so do performance.now() and process.hrtime(), by which the
// bootstrap measures timeouts. Intl.DateTimeFormat without a date is the one clock that is not moved: nobody here asks it.
//
// The offset at the start comes with the URL of this module, and later ones as messages: the environment is the template's.

const systemNow = Date.now.bind(Date);
let offsetMs = Number(new URL(import.meta.url).searchParams.get("offsetMs"));
const now = (): number => systemNow() + offsetMs;

Date.now = now;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: (target) => new target(now()).toString(),
});
Date.prototype.constructor = Date;

process.on("message", (message) => {
  const told = offsetIn(message);
  if (told === undefined) return;
  offsetMs = told;
  process.send?.({ kind: "clock-moved" });
});

function offsetIn(message: unknown): number | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  if (!("kind" in message) || message.kind !== "move-clock" || !("offsetMs" in message)) return undefined;
  return typeof message.offsetMs === "number" ? message.offsetMs : undefined;
}
