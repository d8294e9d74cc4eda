const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * Counts Unicode code points, as the lengths of AWS's API models do: an emoji is one, though JavaScript's `length` says two.
 * Source: Smithy specification, trait `length` ("the number of Unicode scalar values").
 */
export const countCharacters = (text: string): number => {
  let pairs = 0;
  for (let at = 1; at < text.length; at += 1) {
    if (isLowSurrogate(text.charCodeAt(at)) && isHighSurrogate(text.charCodeAt(at - 1))) pairs += 1;
  }
  return text.length - pairs;
};
