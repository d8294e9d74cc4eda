import * as z from "zod";
import { hints } from "../hints.ts";
import { mapOf } from "./map-of.ts";
import { segmentAttributeName } from "./segment-attribute-name.ts";
import { text } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

export interface SegmentAttributeValue {
  ValueString?: string | undefined;
  ValueMap?: Record<string, SegmentAttributeValue> | undefined;
  ValueInteger?: number | undefined;
  ValueList?: SegmentAttributeValue[] | undefined;
  ValueArn?: string | undefined;
}

/** How many values may be nested in each other. The model sets no limit; the deepest value that AWS documents has two. */
export const MAX_LEVELS = 8;

const tooDeep = z.never({ error: `must not be nested any deeper: a segment attribute may have ${MAX_LEVELS} levels` });

type Members = Record<keyof SegmentAttributeValue, z.ZodType>;

/** One schema a level instead of one that contains itself: nesting is bounded before anything recurses into it. */
const valueWithLevelsBelow = (levels: number): z.ZodType<SegmentAttributeValue> => {
  const below = levels === 0 ? undefined : valueWithLevelsBelow(levels - 1);
  const value = z.strictObject({
    ValueString: text({ max: 1024 }).optional(),
    ValueMap: (below ? mapOf(segmentAttributeName, below) : tooDeep).optional(),
    ValueInteger: wholeNumber().optional(),
    ValueList: (below ? z.array(below) : tooDeep).optional(),
    ValueArn: text({ max: 1024 }).optional(),
  } satisfies Members);
  return value.register(hints, { hint: 'such as {"ValueString":"…"}' });
};

export const segmentAttributeValue = valueWithLevelsBelow(MAX_LEVELS - 1);
