import { describe, expect, test } from "@jest/globals";
import { feedRange } from "#shared/backfill/feed-range.ts";
import { nameInstance } from "#shared/backfill/name-instance.ts";
import type { RequestSender } from "#shared/backfill/request-sender.ts";
import type { ConnectInstance } from "#shared/connect-instance.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { acceptRequest } from "#shared/worker/accept-request.ts";
import type { AcceptedRequest } from "#shared/worker/accepted-request.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  anOutboundEmailRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { AN_INSTANCE, aWorker, type WorkerOnTheBench } from "#test/support/a-worker.ts";
import { aFile } from "./a-file.ts";
import { aCsvJob, aRequestsJob } from "./a-job.ts";

const OTHER_ID = "11111111-1111-4111-8111-111111111111";
const OTHER: ConnectInstance = { ...AN_INSTANCE, id: OTHER_ID, arn: AN_INSTANCE.arn.replace(AN_INSTANCE.id, OTHER_ID) };

/** The deployment at the start, and after somebody has put another instance first. */
const BEFORE = [AN_INSTANCE, OTHER];
const AFTER = [OTHER, AN_INSTANCE];
const SERVED_AT_START = BEFORE.map(({ arn }) => arn);

/** None of them names an instance. */
const REQUESTS = {
  StartEmailContact: anEmailContactRequest,
  StartOutboundEmailContact: anOutboundEmailContactRequest,
  CreateContact: aTaskRequest,
  StartOutboundChatContact: aChatRequest,
  OutboundEmail: anOutboundEmailRequest,
} as const;

function accepted(value: unknown, { worker }: WorkerOnTheBench): AcceptedRequest {
  const answer = acceptRequest({ ok: true, value }, worker);
  if (!answer.ok) throw new Error(answer.error.failure.message);
  return answer.value;
}

describe.each(OPERATIONS)("a row that names no instance, of %s", (operation) => {
  test("is the same request as before on the instance that was the default at the start, and stays that", () => {
    const asWritten = accepted(REQUESTS[operation](), aWorker({ operation, instances: BEFORE }));
    const fed = nameInstance(REQUESTS[operation](), AN_INSTANCE.arn);
    for (const instances of [BEFORE, AFTER]) {
      const now = accepted(fed, aWorker({ operation, instances }));
      expect([now.instance.id, now.contentHash]).toEqual([AN_INSTANCE.id, asWritten.contentHash]);
    }
    expect(accepted(REQUESTS[operation](), aWorker({ operation, instances: AFTER })).instance.id).toBe(OTHER.id);
  });
});

test.each([
  ["an instance by its id", { input: { InstanceId: OTHER.id } }],
  ["an instance by its ARN", { input: { InstanceId: OTHER.arn } }],
  ["what is no instance, for the contract to refuse", { input: { InstanceId: null } }],
  ["an empty cell, for the contract to refuse", { input: { InstanceId: "" } }],
  ["an input that is a list", { input: [] }],
  ["no input", {}],
  ["no members at all", "x"],
])("a row that has %s stays as it is", (_what, request) => {
  expect(nameInstance(request, AN_INSTANCE.arn)).toEqual(request);
});

/** The bodies of the messages that a range makes. */
async function bodiesOf(
  work: Omit<Parameters<typeof feedRange>[0], "connectInstanceArns">,
): Promise<readonly string[]> {
  const bodies: string[] = [];
  const sender: RequestSender = {
    async *sendMany(requests) {
      for await (const request of requests) {
        bodies.push(JSON.stringify(request));
        yield { kind: "sent" };
      }
    },
  };
  const fed = await feedRange({ ...work, connectInstanceArns: SERVED_AT_START }, sender, () => undefined);
  expect(fed.ok).toBe(true);
  return bodies;
}

const CSV = "1,Ada\n";
const JSONL = `${JSON.stringify(aTaskRequest({ requestId: "spring/1" }))}\n`;
const ofRows = () => ({
  job: aCsvJob(),
  columns: ["id", "name"],
  range: { start: 8, end: 8 + CSV.length, firstLine: 2, rows: 1 },
  bytes: aFile(CSV)(),
});
const ofRequests = () => ({
  job: aRequestsJob(),
  columns: [],
  range: { start: 0, end: JSONL.length, firstLine: 1, rows: 1 },
  bytes: aFile(JSONL)(),
});

test.each([
  ["rows", ofRows],
  ["whole requests", ofRequests],
] as const)(
  "a range of %s that is fed again after another instance became the first makes no second contact",
  async (_what, work) => {
    const bench = aWorker({ instances: BEFORE });
    const [once, ...others] = await bodiesOf(work());
    const [again] = await bodiesOf(work());
    const deadlineMs = bench.clock.now() + 60_000;
    const handle = async (body: string | undefined, messageId: string, instances: readonly ConnectInstance[]) =>
      handleDelivery(aDelivery({ body: body ?? "", messageId, lane: "backfill" }), deadlineMs, {
        ...bench.worker,
        instances,
      });

    expect(others).toEqual([]);
    expect(again).toBe(once);
    expect(await handle(once, "first", BEFORE)).toEqual({ kind: "acknowledge" });
    expect(await handle(again, "second", AFTER)).toEqual({ kind: "acknowledge" });
    expect(bench.calls.map(({ input }) => input.InstanceId)).toEqual([AN_INSTANCE.id]);
  },
);
