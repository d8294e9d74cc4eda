import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { LedgerItem } from "../ledger/ledger-item.ts";
import { UnreadableItemError } from "../worker/unreadable-item-error.ts";
import { storedLedgerItem } from "./stored-ledger-item.ts";

/** The ledger's part of an item of the state table. Throws UnreadableItemError. `operation`: whose request it is. */
export function ledgerItemIn(attributes: Record<string, AttributeValue>, operation: string): LedgerItem {
  const { key: _key, keptUntil: _keptUntil, ...stored } = unmarshall(attributes);
  const parsed = storedLedgerItem.safeParse(stored);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join(".") || "the item").join(", ");
  throw new UnreadableItemError(
    `The ledger holds an item of a ${operation} request that this version cannot read (${places}). Deploy the version that wrote it, or a later one.`,
  );
}
