import { expect, test } from "@jest/globals";
import { until } from "../support/until.ts";
import { aTopicSystem, inXml, snsCall, topicArn } from "./a-topic.ts";

const batch = (...entries: Record<string, string>[]) => ({
  Action: "PublishBatch",
  TopicArn: topicArn,
  ...Object.fromEntries(
    entries.flatMap((entry, index) =>
      Object.entries(entry).map(([name, value]) => [`PublishBatchRequestEntries.member.${index + 1}.${name}`, value]),
    ),
  ),
});

test("the entries of a batch are published, and one that is refused leaves the others alone", async () => {
  const system = await aTopicSystem();
  const { status, xml } = await snsCall(
    system,
    batch({ Id: "a", Message: "1" }, { Id: "b", Message: "2", Subject: "\n" }, { Id: "c", Message: "3" }),
  );
  expect(status).toBe(200);
  const [successful = "", failed = ""] = xml.split("<Failed>");
  expect([...successful.matchAll(/<Id>(\w)<\/Id><MessageId>[\w-]{36}</g)].map(([, id]) => id)).toEqual(["a", "c"]);
  expect([inXml(failed, "Id"), inXml(failed, "Code")]).toEqual(["b", "InvalidParameter"]);
  await until("two messages", () => system.system.queueDepths()["work"]?.visible === 2);
});

const eleven = Array.from({ length: 11 }, (_, index) => ({ Id: String(index), Message: "x" }));

test.each<[string, Record<string, string>, string]>([
  ["no entry", batch(), "EmptyBatchRequest"],
  ["eleven entries", batch(...eleven), "TooManyEntriesInBatchRequest"],
  ["an id twice", batch({ Id: "a", Message: "1" }, { Id: "a", Message: "2" }), "BatchEntryIdsNotDistinct"],
  ["an id with a space", batch({ Id: "a b", Message: "1" }), "InvalidBatchEntryId"],
  [
    "a topic that is not there",
    { ...batch({ Id: "a", Message: "1" }), TopicArn: "arn:aws:sns:us-east-1:0:x" },
    "NotFound",
  ],
])("a batch with %s is refused as a whole", async (_case, form, code) => {
  const system = await aTopicSystem();
  expect(inXml((await snsCall(system, form)).xml, "Code")).toBe(code);
  expect(system.system.queueDepths()["work"]?.visible).toBe(0);
});
