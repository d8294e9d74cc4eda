import { isObject } from "../contract/is-object.ts";

/** The members by which a contact request is told from everything else. No wrapping that AWS makes has one of them. */
const TELLING = ["requestId", "operation", "input"];

/** Whether a value is a contact request without any wrapping, however wrong it is. */
export const isPlainRequest = (value: unknown): boolean =>
  isObject(value) && TELLING.some((name) => Object.hasOwn(value, name));
