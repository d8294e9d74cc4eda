import * as z from "zod";
import { segmentAttributeName } from "#shared/contract/fields/segment-attribute-name.ts";
import { MAX_LEVELS, segmentAttributeValue } from "#shared/contract/fields/segment-attribute-value.ts";
import { segmentAttributes } from "#shared/contract/fields/segment-attributes.ts";
import { having, holding } from "./conditions.ts";
import { keysOfMap } from "./keys-of-map.ts";
import { published } from "./published.ts";
import { OWN_VALUE, SYSTEM_VALUE } from "./segment-attribute-levels.ts";

const expiryInMinutes = holding({ ValueMap: holding({ ExpiryDuration: holding({ ValueInteger: true }) }) });

/** The contract has one schema a level, and so have we: a validator then needs no recursion, and the depth is bounded. */
const publishLevels = (value: z.core.$ZodType, levels: number): void => {
  if (!(value instanceof z.ZodObject)) throw new Error("A segment attribute's value is an object.");
  published.add(value, { id: `${SYSTEM_VALUE}${levels}` });
  const map: unknown = value.shape["ValueMap"];
  const entries = map instanceof z.ZodOptional ? map.unwrap() : undefined;
  if (!(entries instanceof z.ZodRecord)) return;
  published.add(entries, { also: keysOfMap(segmentAttributeName) });
  publishLevels(entries.valueType, levels - 1);
};

/** Names the values of segment attributes level by level, and tells what is only for system-defined ones. */
export const publishSegmentAttributes = (): void => {
  publishLevels(segmentAttributeValue, MAX_LEVELS);
  published.add(segmentAttributes, {
    id: "SegmentAttributes",
    description: `Attributes of one contact segment. Keys of system-defined ones begin with connect:, and only these take ValueList and ValueArn. Values are nested at most ${MAX_LEVELS} deep.`,
    also: {
      ...keysOfMap(segmentAttributeName),
      patternProperties: { "^connect:": { $ref: `#/$defs/${SYSTEM_VALUE}${MAX_LEVELS}` } },
      additionalProperties: { $ref: `#/$defs/${OWN_VALUE}${MAX_LEVELS}` },
      allOf: [having({ "connect:ContactExpiry": expiryInMinutes })],
    },
  });
};
