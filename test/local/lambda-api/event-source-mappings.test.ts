import {
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, test } from "@jest/globals";
import { aLocalSystem, type RunningSystem } from "#test/local/support/a-local-system.ts";
import { aWorker } from "#test/local/support/a-worker.ts";
import { send } from "#test/local/support/send.ts";
import { until } from "#test/local/support/until.ts";

const QUEUE = "arn:aws:sqs:us-east-1:000000000000:work";
const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:worker";
const tells = `export const handler = async ({ Records }) => { for (const { body } of Records) console.log(body); };`;
/** Says when it begins, and ends when the queue's message says so. */
const slow = `export const handler = async ({ Records: [{ body }] }) => {
  console.log("begins " + body); await new Promise((resolve) => setTimeout(resolve, 300)); console.log("ends " + body);
};`;

const clientOf = ({ system }: RunningSystem): LambdaClient =>
  new LambdaClient({
    endpoint: system.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });

async function aMapping(code: string, mapping: Readonly<Record<string, unknown>> = {}) {
  const running = await aLocalSystem(aWorker(code, { mapping }));
  const lambda = clientOf(running);
  const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({}));
  const UUID = EventSourceMappings?.[0]?.UUID ?? "";
  const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
  return {
    running,
    lambda,
    UUID,
    state,
    update: async (Enabled: boolean) => await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled })),
    untilState: async (wanted: string) => await until(wanted, async () => (await state()) === wanted),
  };
}

describe("listing mappings", () => {
  test("tells of each what the template says, in AWS's words", async () => {
    const { lambda } = await aMapping(tells, { BatchSize: 4, ScalingConfig: { MaximumConcurrency: 3 } });
    const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({}));
    expect(EventSourceMappings).toEqual([
      {
        UUID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        EventSourceMappingArn: expect.stringMatching(/^arn:aws:lambda:us-east-1:000000000000:event-source-mapping:/),
        EventSourceArn: QUEUE,
        FunctionArn: FUNCTION,
        BatchSize: 4,
        MaximumBatchingWindowInSeconds: 0,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: 3 },
        LastModified: expect.any(Date),
        State: "Enabled",
        StateTransitionReason: "USER_INITIATED",
      },
    ]);
  });

  test.each([
    ["the function's name", { FunctionName: "worker" }, 1],
    ["the function's ARN", { FunctionName: FUNCTION }, 1],
    ["a part of the function's ARN", { FunctionName: "000000000000:function:worker" }, 1],
    ["the queue", { EventSourceArn: QUEUE }, 1],
    ["function and queue", { FunctionName: "worker", EventSourceArn: QUEUE }, 1],
    ["another queue", { EventSourceArn: `${QUEUE}-other` }, 0],
    ["the function, and another queue", { FunctionName: "worker", EventSourceArn: `${QUEUE}-other` }, 0],
  ])("finds by %s", async (_how, filter, count) => {
    const { lambda } = await aMapping(tells);
    const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand(filter));
    expect(EventSourceMappings).toHaveLength(count);
  });

  test("names a function that is not there", async () => {
    const { lambda } = await aMapping(tells);
    await expect(lambda.send(new ListEventSourceMappingsCommand({ FunctionName: "gone" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: expect.stringContaining("function:gone"),
    });
  });

  test("gives a page, and where the next one begins", async () => {
    const content = aWorker(tells);
    const { Mapping, ...others } = content.Resources;
    const running = await aLocalSystem({ ...content, Resources: { ...others, One: Mapping, Two: Mapping } });
    const lambda = clientOf(running);
    const first = await lambda.send(new ListEventSourceMappingsCommand({ MaxItems: 1 }));
    const second = await lambda.send(new ListEventSourceMappingsCommand({ MaxItems: 1, Marker: first.NextMarker }));
    const uuids = [first, second].flatMap(({ EventSourceMappings = [] }) =>
      EventSourceMappings.map(({ UUID }) => UUID),
    );
    expect(new Set(uuids).size).toBe(2);
    expect(second.NextMarker).toBeUndefined();
  });
});

describe("a mapping that is disabled", () => {
  test("is being disabled in the answer, and disabled soon after, though a long poll was waiting", async () => {
    const { update, untilState } = await aMapping(tells);
    const began = performance.now();
    expect((await update(false)).State).toBe("Disabling");
    await untilState("Disabled");
    // A long poll takes 20 s by itself.
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test("receives no message that is sent after it says so, and all of them once it is enabled again", async () => {
    const { running, update, untilState } = await aMapping(tells);
    await update(false);
    await untilState("Disabled");
    await send(running, ["1", "2", "3"]);
    expect(running.system.queueDepths()["work"]).toEqual({ visible: 3, inFlight: 0, delayed: 0 });
    expect((await update(true)).State).toBe("Enabling");
    await untilState("Enabled");
    await until("all three", () => running.lines.length === 3);
    expect([...running.lines].toSorted()).toEqual(["1", "2", "3"]);
  });

  test("lets the batch end that is under way, deletes it, and begins no other", async () => {
    const mapping = { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } };
    const { running, update, untilState } = await aMapping(slow, mapping);
    await send(running, ["1", "2", "3", "4", "5", "6"]);
    await until("two batches", () => running.lines.length >= 2);
    await update(false);
    await untilState("Disabled");
    const begun = () => running.lines.filter((line) => line.startsWith("begins")).length;
    const ended = () => running.lines.filter((line) => line.startsWith("ends")).length;
    const begunBefore = begun();
    await until("their ends", () => ended() === begunBefore);
    await until("their deletion", () => running.system.queueDepths()["work"]?.inFlight === 0);
    expect(running.system.queueDepths()["work"]?.visible).toBe(6 - begunBefore);
    expect(begunBefore).toBeLessThan(6);
    expect(begun()).toBe(begunBefore);
  });

  test("hands over what it has received already, and takes no other change before", async () => {
    const { running, lambda, UUID, update, untilState } = await aMapping(tells, { MaximumBatchingWindowInSeconds: 2 });
    await send(running, ["1"]);
    await until("the message in hand", () => running.system.queueDepths()["work"]?.inFlight === 1);
    await update(false);
    const enable = new UpdateEventSourceMappingCommand({ UUID, Enabled: true });
    await expect(lambda.send(enable)).rejects.toMatchObject({ name: "ResourceInUseException" });
    await untilState("Disabled");
    await until("the message", () => running.lines.length === 1);
    expect((await lambda.send(enable)).State).toBe("Enabling");
  });

  test("from the template on, does nothing until it is enabled", async () => {
    const { running, state, update } = await aMapping(tells, { Enabled: false });
    await send(running, ["1"]);
    expect(await state()).toBe("Disabled");
    expect(running.system.queueDepths()["work"]?.visible).toBe(1);
    await update(true);
    await until("the message", () => running.lines.length === 1);
  });

  test("loses nothing when it is switched off and on while messages come", async () => {
    const { running, update, untilState } = await aMapping(tells, { BatchSize: 2 });
    const bodies = Array.from({ length: 60 }, (_each, index) => `message ${index}`);
    for (let start = 0; start < bodies.length; start += 10) {
      await Promise.all([send(running, bodies.slice(start, start + 10)), update(false)]);
      await untilState("Disabled");
      await update(true);
    }
    await until("all", () => running.lines.length === 60);
    expect(new Set(running.lines).size).toBe(60);
  });

  test("is no reason to wait when the system stops", async () => {
    const { running, update } = await aMapping(tells);
    await update(false);
    const began = performance.now();
    await running.system.stop();
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe("an update", () => {
  test("of nothing, or to what is so already, changes nothing", async () => {
    const { lambda, UUID, update } = await aMapping(tells);
    expect((await update(true)).State).toBe("Enabled");
    expect((await lambda.send(new UpdateEventSourceMappingCommand({ UUID }))).State).toBe("Enabled");
  });

  test("of anything but Enabled is refused, and named", async () => {
    const { lambda, UUID } = await aMapping(tells);
    const command = new UpdateEventSourceMappingCommand({ UUID, BatchSize: 5, Enabled: false });
    await expect(lambda.send(command)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: expect.stringContaining("BatchSize"),
    });
    expect((await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State).toBe("Enabled");
  });

  test("of a mapping that is not there is answered as AWS does", async () => {
    const { lambda } = await aMapping(tells);
    const UUID = "00000000-0000-4000-8000-000000000000";
    const gone = { name: "ResourceNotFoundException", $metadata: { httpStatusCode: 404 } };
    const update = new UpdateEventSourceMappingCommand({ UUID, Enabled: false });
    await expect(lambda.send(update)).rejects.toMatchObject(gone);
    await expect(lambda.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toMatchObject(gone);
  });
});

test("what is not served is refused, with what is", async () => {
  const { lambda } = await aMapping(tells);
  await expect(lambda.send(new DeleteFunctionCommand({ FunctionName: "worker" }))).rejects.toThrow(
    "It serves ListEventSourceMappings, GetEventSourceMapping and UpdateEventSourceMapping.",
  );
});
