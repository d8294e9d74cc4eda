import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { EventBridgeOutcomes } from "#shared/aws/event-bridge-outcomes.ts";
import { anOutcome } from "#test/support/an-outcome.ts";
import { aRoteServer, clientFor, type HttpAnswer, type RoteServer } from "#test/support/http-answers.ts";

let server: RoteServer | undefined;

afterEach(async () => {
  await server?.stop();
});

async function someOutcomes(...answers: readonly HttpAnswer[]): Promise<EventBridgeOutcomes> {
  server = await aRoteServer(answers);
  return new EventBridgeOutcomes(new EventBridgeClient({ ...clientFor(server), maxAttempts: 1 }), "bus-1");
}

const answering = (body: object, status = 200): HttpAnswer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(body),
});

const taken = { EventId: "11710aed-b79e-4468-a20b-bb3c0c3b4860" };
const refused = { ErrorCode: "ThrottlingException", ErrorMessage: "Slow down." };
const takenBy = (count: number) => answering({ FailedEntryCount: 0, Entries: Array(count).fill(taken) });

const request = z.object({ Entries: z.array(z.record(z.string(), z.unknown())) });
const requests = () => (server?.requests ?? []).map(({ body }) => request.parse(JSON.parse(body)).Entries);
const requestIds = () => requests().map((entries) => entries.map(({ Detail }) => JSON.parse(String(Detail)).requestId));

const numbered = (number: number) => anOutcome({ requestId: `r-${number}` });
const tellAll = async (outcomes: EventBridgeOutcomes, count: number) =>
  (await Promise.allSettled(Array.from({ length: count }, (_, index) => outcomes.tell(numbered(index))))).map(
    ({ status }) => status,
  );

describe("an outcome", () => {
  test("is an event of ours on the bus", async () => {
    const outcomes = await someOutcomes(takenBy(1));
    const outcome = anOutcome();
    await outcomes.tell(outcome);
    expect(requests()).toEqual([
      [
        {
          EventBusName: "bus-1",
          Source: "contact-requests",
          DetailType: "Contact Started",
          Detail: JSON.stringify(outcome.detail),
          Time: Date.parse(outcome.detail.at) / 1_000,
        },
      ],
    ]);
  });

  test.each<[string, HttpAnswer]>([
    ["is refused", answering({ FailedEntryCount: 1, Entries: [refused] })],
    ["is not in the answer", answering({ FailedEntryCount: 0, Entries: [] })],
    ["gets an answer that says nothing", answering({})],
    ["meets a missing right", answering({ __type: "AccessDeniedException" }, 400)],
    ["meets a fault of the bus", answering({ __type: "InternalException" }, 500)],
    ["meets a connection that breaks", "break"],
  ])("that %s was not told", async (_what, answer) => {
    const outcomes = await someOutcomes(answer);
    await expect(outcomes.tell(anOutcome())).rejects.toThrow();
  });

  test("is told after one that could not be", async () => {
    const outcomes = await someOutcomes(answering({ __type: "InternalException" }, 500), takenBy(1));
    await expect(outcomes.tell(numbered(1))).rejects.toThrow();
    await outcomes.tell(numbered(2));
    expect(requestIds()).toEqual([["r-1"], ["r-2"]]);
  });
});

describe("outcomes that come together", () => {
  test("go in one request, ten at a time", async () => {
    const outcomes = await someOutcomes(takenBy(10), takenBy(10), takenBy(3));
    expect(await tellAll(outcomes, 23)).toEqual(Array(23).fill("fulfilled"));
    expect(requestIds().map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(requestIds().flat()).toEqual(Array.from({ length: 23 }, (_, index) => `r-${index}`));
  });

  test("each have an answer of their own, so that exactly the refused ones are told again", async () => {
    const outcomes = await someOutcomes(
      answering({ FailedEntryCount: 2, Entries: [taken, refused, taken, refused] }),
      takenBy(2),
    );
    expect(await tellAll(outcomes, 4)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
    await Promise.all([outcomes.tell(numbered(1)), outcomes.tell(numbered(3))]);
    expect(requestIds()[1]).toEqual(["r-1", "r-3"]);
  });

  test("all know it when their request fails, and those in the next one do not", async () => {
    const outcomes = await someOutcomes("break", takenBy(2));
    expect(await tellAll(outcomes, 12)).toEqual([...Array(10).fill("rejected"), "fulfilled", "fulfilled"]);
  });

  test("while a request is under way go into the next one", async () => {
    const outcomes = await someOutcomes(takenBy(1), takenBy(2));
    const first = outcomes.tell(numbered(0));
    while (server?.requests.length !== 1) await new Promise(setImmediate);
    await Promise.all([first, outcomes.tell(numbered(1)), outcomes.tell(numbered(2))]);
    expect(requestIds()).toEqual([["r-0"], ["r-1", "r-2"]]);
  });
});
