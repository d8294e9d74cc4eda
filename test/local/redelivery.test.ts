import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

const code = `export const handler = async ({ Records: [{ messageId, attributes }] }) => {
  console.log("REPORT " + JSON.stringify([messageId, attributes.ApproximateReceiveCount]));
  if (attributes.ApproximateReceiveCount === "1") await new Promise(() => {});
};`;

test("a message can be delivered again while its first delivery is at work, and is gone when one of them is done", async () => {
  const running = await aLocalSystem(aWorker(code));
  const [messageId] = await send(running, ["x"]);
  await until("the first delivery", () => reported(running.lines).length === 1);
  running.system.showMessagesInFlight();
  await until("the second delivery", () => reported(running.lines).length === 2);
  expect(reported(running.lines)).toEqual([
    [messageId, "1"],
    [messageId, "2"],
  ]);
  await until("an empty queue", () => {
    const { visible, inFlight } = running.system.queueDepths()["work"] ?? {};
    return visible === 0 && inFlight === 0;
  });
});
