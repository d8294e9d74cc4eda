/** The operations that the emulator speaks, by the names of the API model. */
export const OPERATION_NAMES = [
  "StartEmailContact",
  "StartOutboundEmailContact",
  "CreateContact",
  "StartOutboundChatContact",
  "StopContact",
] as const;

export type OperationName = (typeof OPERATION_NAMES)[number];
