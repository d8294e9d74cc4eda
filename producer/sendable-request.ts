import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { ContactRequestProducerOptions } from "./producer-options.ts";

/** A contact request that may be without its requestId. */
export type ContactRequestDraft = WithoutRequestId<ContactRequest>;

/** For each operation by itself: otherwise the operation would no longer decide which input it takes. */
type WithoutRequestId<Request> = Request extends ContactRequest
  ? Omit<Request, "requestId"> & { requestId?: string | undefined }
  : never;

/** What a producer with these options takes. */
export type SendableRequest<Options extends ContactRequestProducerOptions> = Options extends {
  readonly generateRequestId: () => string;
}
  ? ContactRequestDraft
  : ContactRequest;
