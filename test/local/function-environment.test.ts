import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { until } from "./support/until.ts";

const code = `export const handler = async () => { console.log("REPORT " + JSON.stringify({ ...process.env })); };`;

test("a function sees the template's variables, Lambda's own, where the services are, and nothing of the parent's", async () => {
  const lambda = {
    Environment: { Variables: { QUEUE_URL: { Ref: "Queue" }, LEVEL: "debug" } },
    MemorySize: 256,
    LoggingConfig: { LogGroup: "/the/log-group", LogFormat: "JSON" },
  };
  const { system, sqs, lines } = await aLocalSystem(aWorker(code, { lambda }));
  await sqs.send(new SendMessageCommand({ QueueUrl: system.queueUrls["work"], MessageBody: "x" }));
  const environment = await until("the report", () => reported<Record<string, string>>(lines)[0]);

  expect(environment).toEqual({
    QUEUE_URL: `${system.endpoint}/000000000000/work`,
    LEVEL: "debug",
    AWS_ENDPOINT_URL: system.endpoint,
    AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
    AWS_SECRET_ACCESS_KEY: expect.any(String),
    AWS_SESSION_TOKEN: expect.any(String),
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: "worker",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: "/the/log-group",
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_LAMBDA_LOG_LEVEL: "INFO",
    LAMBDA_TASK_ROOT: expect.any(String),
    TZ: ":UTC",
    _HANDLER: "index.handler",
    _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};/),
  });
});

test("a Connect endpoint given by the user reaches the functions", async () => {
  const { system, sqs, lines } = await aLocalSystem(aWorker(code), { connectEndpoint: "http://127.0.0.1:9" });
  await sqs.send(new SendMessageCommand({ QueueUrl: system.queueUrls["work"], MessageBody: "x" }));
  const environment = await until("the report", () => reported<Record<string, string>>(lines)[0]);
  expect(environment["AWS_ENDPOINT_URL_CONNECT"]).toBe("http://127.0.0.1:9");
});
