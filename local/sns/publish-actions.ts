import { type QueryForm, readPublication } from "./publication.ts";
import { SnsRefusal } from "./sns-refusal.ts";
import { snsAnswer, xmlText } from "./sns-xml.ts";
import type { TopicDelivery } from "./topic-delivery.ts";

/** Serves a call in the query protocol and gives the XML of its answer. Throws an SnsRefusal. */
export type PublishAction = (form: QueryForm, delivery: TopicDelivery) => string;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const publish: PublishAction = (form, delivery) =>
  snsAnswer("Publish", `<MessageId>${delivery.publish(topicOf(form), readPublication(form))}</MessageId>`);

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const publishBatch: PublishAction = (form, delivery) => {
  const topicArn = topicOf(form);
  const prefixes = entryPrefixes(form);
  const answers = prefixes.map((prefix) => publishEntry(form, prefix, (entry) => delivery.publish(topicArn, entry)));
  const members = (ok: boolean) => answers.filter((answer) => answer.ok === ok).map(({ member }) => member);
  return snsAnswer(
    "PublishBatch",
    `<Successful>${members(true).join("")}</Successful><Failed>${members(false).join("")}</Failed>`,
  );
};

export const PUBLISH_ACTIONS: ReadonlyMap<string, PublishAction> = new Map([
  ["Publish", publish],
  ["PublishBatch", publishBatch],
]);

function topicOf(form: QueryForm): string {
  const topicArn = form["TopicArn"] ?? form["TargetArn"];
  if (topicArn === undefined) throw new SnsRefusal("InvalidParameter", "Invalid parameter: TopicArn is required");
  if (!topicArn.endsWith(".fifo")) return topicArn;
  throw new SnsRefusal("InvalidParameter", "Invalid parameter: FIFO topics are not run on one machine");
}

function entryPrefixes(form: QueryForm): readonly string[] {
  const prefixes: string[] = [];
  const prefixAt = (position: number) => `PublishBatchRequestEntries.member.${position}.`;
  while (form[`${prefixAt(prefixes.length + 1)}Id`] !== undefined) prefixes.push(prefixAt(prefixes.length + 1));
  const ids = prefixes.map((prefix) => form[`${prefix}Id`] ?? "");
  if (ids.length === 0) throw new SnsRefusal("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (ids.length > 10) {
    throw new SnsRefusal("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
  }
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    throw new SnsRefusal("InvalidBatchEntryId", "The Id of a batch entry has 1 to 80 letters, digits, - and _.");
  }
  if (new Set(ids).size === ids.length) return prefixes;
  throw new SnsRefusal("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
}

type Published = { readonly ok: boolean; readonly member: string };

function publishEntry(
  form: QueryForm,
  prefix: string,
  publishOne: (publication: ReturnType<typeof readPublication>) => string,
): Published {
  const id = `<Id>${form[`${prefix}Id`]}</Id>`;
  try {
    const messageId = publishOne(readPublication(form, prefix));
    return { ok: true, member: `<member>${id}<MessageId>${messageId}</MessageId></member>` };
  } catch (error) {
    // A topic that is not there is the whole batch's trouble.
    if (!(error instanceof SnsRefusal) || error.code === "NotFound") throw error;
    const failure = `<Code>${error.code}</Code><Message>${xmlText(error.message)}</Message><SenderFault>true</SenderFault>`;
    return { ok: false, member: `<member>${id}${failure}</member>` };
  }
}
