import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { Operation } from "#shared/contract/operation.ts";

type RequestFor<Name extends Operation> = Extract<ContactRequest, { operation: Name }>;

const isFor = <Name extends Operation>(request: ContactRequest, operation: Name): request is RequestFor<Name> =>
  request.operation === operation;

/** The request as one for this operation. A worker accepts no others, so that any other is a bug. */
export function requestFor<Name extends Operation>(operation: Name, request: ContactRequest): RequestFor<Name> {
  if (isFor(request, operation)) return request;
  throw new TypeError(`A request for ${request.operation} was given to the call of ${operation}.`);
}
