import { asyncApiDocument } from "./async-api-document.ts";
import { contactRequestJsonSchema } from "./contact-request-json-schema.ts";
import { printJson } from "./print-json.ts";
import { printYaml } from "./print-yaml.ts";

const HEAD = "# Made from the contract by `npm run schemas`: change the contract, or the generator beside this file.\n";

/** The name of each generated file in schemas/, and its text. */
export const generatedSchemas = (): Readonly<Record<string, string>> => {
  const schema = contactRequestJsonSchema();
  return {
    "contact-request.schema.json": printJson(schema),
    "asyncapi.yaml": HEAD + printYaml(asyncApiDocument(schema)),
  };
};
