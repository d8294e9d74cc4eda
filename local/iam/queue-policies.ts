import type { Fauxqs } from "../fauxqs/start-fauxqs.ts";
import { TemplateError } from "../template/template-error.ts";
import { readPolicy } from "./read-policy.ts";
import type { Statement } from "./statement.ts";

/** The policies of queues, as SQS holds them: in an attribute, which anybody with the right may set at any time. */
export class QueuePolicies {
  readonly #sqsStore: Fauxqs["sqsStore"];
  /** By their text: the same statements every time. */
  readonly #read = new Map<string, readonly Statement[]>();

  constructor(sqsStore: Fauxqs["sqsStore"]) {
    this.#sqsStore = sqsStore;
  }

  /** Of a queue that does not exist, or has no policy: none. One that cannot be read lets nobody in. */
  of(queueArn: string): readonly Statement[] {
    const text = this.#attribute(queueArn, "Policy") ?? "";
    if (text === "") return [];
    const known = this.#read.get(text);
    if (known !== undefined) return known;
    const statements = readOrDenyAll(text);
    this.#read.set(text, statements);
    return statements;
  }

  /** The key that a queue is encrypted with, by whatever name. */
  keyNameOf(queueArn: string): string | undefined {
    return this.#attribute(queueArn, "KmsMasterKeyId") || undefined;
  }

  /** The store looks for the name alone, which another resource may have too. */
  #attribute(queueArn: string, name: string): string | undefined {
    const queue = this.#sqsStore.getQueueByArn(queueArn);
    return queue?.arn === queueArn ? queue.attributes[name] : undefined;
  }
}

/** What nobody understands might be a denial. */
const DENIES_ALL = readPolicy(
  { Statement: { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" } },
  "resource",
);

function readOrDenyAll(text: string): readonly Statement[] {
  try {
    return readPolicy(JSON.parse(text), "resource");
  } catch (error) {
    if (error instanceof TemplateError || error instanceof SyntaxError) return DENIES_ALL;
    throw error;
  }
}
