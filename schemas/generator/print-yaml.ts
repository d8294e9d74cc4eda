import { Document, visit } from "yaml";

/** What is longer does not fit beside its key, so that it stands as a block, folded. */
const LONG_TEXT = 80;

/** YAML in the form that the repository's formatter gives it, so that the two do not fight over the generated file. */
export const printYaml = (value: unknown): string => {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== "string") return;
      if (node.value.length > LONG_TEXT) node.type = "BLOCK_FOLDED";
      // Older parsers take a moment without quotes for a date, and some a version for a number.
      else if (/^\d/u.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 120 });
};
