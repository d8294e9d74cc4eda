import { apiModel } from "./api-model.ts";
import type { JsonObject } from "./json-object.ts";

/** What a call is answered with, before it becomes HTTP. */
export type Answer = { readonly kind: "accepted"; readonly body: JsonObject } | Refusal;

export interface Refusal {
  readonly kind: "refused";
  readonly name: string;
  readonly status: number;
  readonly body: JsonObject;
}

/** Errors that every AWS service answers and no model of one declares, with their HTTP status. */
const COMMON_ERRORS: Readonly<Record<string, number>> = {
  IncompleteSignatureException: 400,
  InternalFailure: 500,
  MissingAuthenticationTokenException: 403,
  RequestEntityTooLargeException: 413,
  SerializationException: 400,
  UnknownOperationException: 404,
};

export const accepted = (body: JsonObject): Answer => ({ kind: "accepted", body });

/**
 * An exception of Connect, by its name. Connect's own exceptions have the member `Message`, those of the layer before every service `message`.
 * `more` are further members, such as Reason.
 */
export function refused(name: string, message: string, more: JsonObject = {}): Refusal {
  const declared = apiModel.errors[name];
  if (declared !== undefined) {
    return { kind: "refused", name, status: declared.httpStatus, body: { Message: message, ...more } };
  }
  const status = COMMON_ERRORS[name];
  if (status === undefined) throw new Error(`No HTTP status is known for the error ${name}`);
  return { kind: "refused", name, status, body: { message } };
}
