import type { ContactRequest } from "../contract/contact-request.ts";
import type { ConnectApi } from "../contract/operation.ts";

type InputOf<Api extends ConnectApi> = Extract<ContactRequest, { operation: Api }>["input"];

/** What each API is called with: the request's input, on one instance and under one token. */
export type ConnectInputs = {
  readonly [Api in ConnectApi]: InputOf<Api> & { readonly InstanceId: string; readonly ClientToken: string };
};

/** One call to Connect, ready to be made. */
export type ConnectCall<Api extends ConnectApi = ConnectApi> = {
  readonly [Each in Api]: { readonly api: Each; readonly input: ConnectInputs[Each] };
}[Api];
