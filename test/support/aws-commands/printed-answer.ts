import type { AwsCommand } from "./aws-command.ts";
import type { RawAnswer } from "./send-signed.ts";

/** What the CLI writes to standard output. Throws an Error for an answer that is an error of the service. */
export function printedAnswer({ known, query, output }: AwsCommand, answer: RawAnswer): string {
  if (answer.status >= 300) {
    throw new Error(`An error occurred (${answer.status}) when calling ${known.action}: ${answer.text}`);
  }
  const value = at(query, parsed(known.service, answer));
  if (output === "text") return typeof value === "string" || typeof value === "number" ? `${value}\n` : "None\n";
  // The CLI writes nothing where there is nothing to say.
  return value === undefined || JSON.stringify(value) === "{}" ? "" : `${JSON.stringify(value, null, 4)}\n`;
}

function parsed(service: AwsCommand["known"]["service"], { headers, text }: RawAnswer): unknown {
  switch (service) {
    case "sqs":
    case "events":
      return text === "" ? {} : JSON.parse(text);
    case "sns":
      return Object.fromEntries(elements(text, "TopicArn|SubscriptionArn|MessageId"));
    case "s3":
      if (headers.etag !== undefined) return { ETag: headers.etag };
      return text === "" ? {} : { Buckets: elements(text, "Name").map(([, name]) => ({ Name: name })) };
  }
}

/** Elements of XML that hold text alone, in their order. */
const elements = (xml: string, names: string): readonly (readonly [string, string])[] =>
  [...xml.matchAll(new RegExp(`<(${names})>([^<]*)</`, "g"))].map(([, name = "", text = ""]) => [name, text]);

/** A path of JMESPath that has names and numbers alone: `Messages[0].Body`. */
function at(path: string | undefined, value: unknown): unknown {
  if (path === undefined) return value;
  if (!/^\w+(\.\w+|\[\d+\])*$/.test(path)) throw new Error(`--query ${path} is not known here.`);
  return path.split(/[.[\]]+/).reduce((inside, name) => (name === "" ? inside : memberOf(inside, name)), value);
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;
