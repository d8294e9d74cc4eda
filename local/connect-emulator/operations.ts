import { apiModel } from "./api-model.ts";
import { createContact } from "./create-contact.ts";
import { OPERATION_NAMES, type OperationName } from "./operation-name.ts";
import type { StartingRules } from "./operation-rules.ts";
import { startEmailContact } from "./start-email-contact.ts";
import { startOutboundChatContact } from "./start-outbound-chat-contact.ts";
import { startOutboundEmailContact } from "./start-outbound-email-contact.ts";
import { type StoppingRules, stopContact } from "./stop-contact.ts";

/** The emulated operations. */
export const operations: Readonly<Record<OperationName, StartingRules | StoppingRules>> = {
  StartEmailContact: startEmailContact,
  StartOutboundEmailContact: startOutboundEmailContact,
  CreateContact: createContact,
  StartOutboundChatContact: startOutboundChatContact,
  StopContact: stopContact,
};

const byRoute = new Map(
  OPERATION_NAMES.map((name) => [`${apiModel.operations[name].method} ${apiModel.operations[name].path}`, name]),
);

/** The operation that the API model has under this method and path, if it has one. */
export const operationAt = (method: string, path: string): OperationName | undefined =>
  byRoute.get(`${method} ${path}`);
