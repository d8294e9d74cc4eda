declare module "dynalite" {
  import type { Server } from "node:http";

  /** A server that has not begun to listen, with a memory of its own. Durations are milliseconds. */
  function dynalite(options: { createTableMs: number }): Server;
  export = dynalite;
}
