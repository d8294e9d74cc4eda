import type { Operation } from "#shared/contract/operation.ts";

/** The name of an operation's file in functions/, without its ending: `CreateContact` → `create-contact`. */
export const functionFile = (operation: Operation): string =>
  operation.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
