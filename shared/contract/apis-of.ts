import type { Operation } from "./operation.ts";
import type { PacedApi } from "./paced-api.ts";

const APIS = {
  StartEmailContact: ["StartEmailContact"],
  StartOutboundEmailContact: ["StartOutboundEmailContact"],
  CreateContact: ["CreateContact"],
  StartOutboundChatContact: ["StartOutboundChatContact"],
  OutboundEmail: ["CreateContact", "StartOutboundEmailContact", "StopContact"],
} as const satisfies Readonly<Record<Operation, readonly PacedApi[]>>;

/** The APIs of Connect that the worker of an operation calls, and so the buckets that it draws on. */
export const apisOf = (operation: Operation): readonly PacedApi[] => APIS[operation];
