import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";

export type PerOperation<Value> = Readonly<Record<Operation, Value>>;

/** One value for each operation. */
export const perOperation = <Value>(valueFor: (operation: Operation) => Value): PerOperation<Value> => ({
  StartEmailContact: valueFor("StartEmailContact"),
  StartOutboundEmailContact: valueFor("StartOutboundEmailContact"),
  CreateContact: valueFor("CreateContact"),
  StartOutboundChatContact: valueFor("StartOutboundChatContact"),
  OutboundEmail: valueFor("OutboundEmail"),
});

export const sumOver = <Value>(values: PerOperation<Value>, count: (value: Value) => number): number =>
  OPERATIONS.reduce((sum, operation) => sum + count(values[operation]), 0);
