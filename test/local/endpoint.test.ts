import { once } from "node:events";
import { createServer, request } from "node:http";
import { expect, test } from "@jest/globals";
import * as z from "zod";
import { startedEmulator } from "./connect-emulator/started-emulator.ts";
import { aLocalSystem } from "./support/a-local-system.ts";

const Resources = { Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "work" } } };
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=key/20261120/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const json = { "content-type": "application/x-amz-json-1.0" };
const query = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

test("a service that is not served is named, with those that are", async () => {
  const { system } = await aLocalSystem({ Resources });
  const response = await fetch(system.endpoint, {
    method: "POST",
    headers: { ...json, ...signedFor("kinesis") },
    body: "{}",
  });
  expect(response.status).toBe(501);
  expect(response.headers.get("x-amzn-errortype")).toBe("UnknownService");
  expect(await response.json()).toEqual({
    __type: "UnknownService",
    message:
      "The local endpoint does not serve kinesis. It serves connect, dynamodb, events, lambda, s3, sns, sqs, ssm, states, sts. Send these calls elsewhere with AWS_ENDPOINT_URL_KINESIS.",
  });
});

test("an error for a client of the query protocol is XML", async () => {
  const { system } = await aLocalSystem({ Resources });
  const response = await fetch(system.endpoint, {
    method: "POST",
    headers: { ...query, ...signedFor("monitoring") },
    body: "Action=ListMetrics",
  });
  expect(await response.text()).toMatch(
    /^<ErrorResponse><Error><Type>Sender<\/Type><Code>UnknownService<.*does not serve monitoring\./,
  );
});

test("a client that speaks SQS's older protocol is told which version to take", async () => {
  const { system } = await aLocalSystem({ Resources });
  const response = await fetch(`${system.endpoint}/000000000000/work`, {
    method: "POST",
    headers: { ...query, ...signedFor("sqs") },
    body: "Action=SendMessage",
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/JSON protocol.*AWS CLI 2\.13\.34 or 1\.29\.88/);
});

test("an unsigned request is refused", async () => {
  const { system } = await aLocalSystem({ Resources });
  const response = await fetch(system.endpoint);
  expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([403, "MissingAuthenticationToken"]);
});

test("STS says who is calling", async () => {
  const { system } = await aLocalSystem({ Resources });
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const response = await fetch(system.endpoint, { method: "POST", headers: { ...query, ...signedFor("sts") }, body });
  expect(await response.text()).toContain("<Account>000000000000</Account>");
});

test("requests for Connect and below /_local/ reach the emulator", async () => {
  const { system } = await aLocalSystem({ Resources });
  const refused = await fetch(`${system.endpoint}/contact/create-contact`, {
    method: "PUT",
    headers: signedFor("connect"),
    body: "{}",
  });
  expect([refused.status, refused.headers.get("x-amzn-errortype")]).toEqual([
    400,
    expect.stringContaining("InvalidRequestException"),
  ]);
  expect((await fetch(`${system.endpoint}/_local/contacts`)).status).toBe(200);
});

test("GET /_local/queues tells how many messages each queue holds", async () => {
  const { system } = await aLocalSystem({ Resources });
  const answer: unknown = await (await fetch(`${system.endpoint}/_local/queues`)).json();
  expect(answer).toEqual({ work: { visible: 0, inFlight: 0, delayed: 0 } });
});

test.each([["/_local"], ["/_local/"], ["/_local?x"], ["/_local/queue"]])(
  "%s, unsigned, is answered with the list of what there is",
  async (path) => {
    const { system } = await aLocalSystem({ Resources });
    const response = await fetch(`${system.endpoint}${path}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      message: expect.stringMatching(/^No such path\. There are: GET \/_local\/contacts, .*GET \/_local\/queues$/),
    });
  },
);

test("everything that the emulator serves below /_local/ is in that list, and is served here", async () => {
  const { address } = await startedEmulator();
  const { system } = await aLocalSystem({ Resources });
  const listed = async (endpoint: string) => {
    const { message } = z.object({ message: z.string() }).parse(await (await fetch(`${endpoint}/_local/none`)).json());
    return message.replace(/^.*There are: /, "").split(", ");
  };
  const ofTheEmulator = await listed(address);
  expect((await listed(system.endpoint)).toSorted()).toEqual([...ofTheEmulator, "GET /_local/queues"].toSorted());
  for (const path of ofTheEmulator.filter((each) => each.startsWith("GET "))) {
    expect((await fetch(`${system.endpoint}${path.slice("GET ".length)}`)).status).toBe(200);
  }
});

test("a body that comes in chunks after Expect: 100-continue is taken whole", async () => {
  const { system } = await aLocalSystem({ Resources });
  const headers = {
    ...json,
    ...signedFor("sqs"),
    "x-amz-target": "AmazonSQS.SendMessage",
    expect: "100-continue",
    "transfer-encoding": "chunked",
  };
  const sending = request(system.endpoint, { method: "POST", headers });
  sending.flushHeaders();
  await once(sending, "continue");
  const body = JSON.stringify({ QueueUrl: system.queueUrls["work"], MessageBody: "x".repeat(100_000) });
  for (let start = 0; start < body.length; start += 30_000) sending.write(body.slice(start, start + 30_000));
  sending.end();
  const [response] = await once(sending, "response");
  expect(response.statusCode).toBe(200);
  expect(system.queueDepths()["work"]?.visible).toBe(1);
});

test("a port that is in use is an error that says what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(aLocalSystem({ Resources }, { port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or take a free port with --port 0.`,
  );
  other.close();
});
