import { CONNECT_APIS } from "./operation.ts";

/** Every API of Connect that is called, and so has a quota and a rate bucket: StopContact ends what could not be sent. */
export const PACED_APIS = [...CONNECT_APIS, "StopContact"] as const;

export type PacedApi = (typeof PACED_APIS)[number];
