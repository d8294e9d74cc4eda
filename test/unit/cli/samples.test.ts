import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { checkLine } from "#cli/check-line.ts";
import { requestLines } from "#cli/request-lines.ts";
import { gather } from "#test/support/gather.ts";

const SAMPLES = new URL("../../../samples/", import.meta.url);

async function* chunks(name: string): AsyncGenerator<Uint8Array> {
  yield await readFile(fileURLToPath(new URL(name, SAMPLES)));
}

const checkedLines = async (name: string) => (await gather(requestLines(chunks(name)))).map(checkLine);

describe("the samples", () => {
  test.each([
    ["start-email-contact.jsonl", 9, "StartEmailContact"],
    ["start-outbound-email-contact.jsonl", 9, "StartOutboundEmailContact"],
    ["create-contact.jsonl", 9, "CreateContact"],
    ["start-outbound-chat-contact.jsonl", 9, "StartOutboundChatContact"],
    ["outbound-email.jsonl", 3, "OutboundEmail"],
  ])("%s holds %i good requests for %s", async (name, count, operation) => {
    const lines = await checkedLines(name);

    expect(lines.filter((line) => !line.ok)).toEqual([]);
    expect(lines.map((line) => (line.ok ? line.request.operation : undefined))).toEqual(Array(count).fill(operation));
  });

  test("refused.jsonl shows each kind of issue that people meet", async () => {
    const lines = await checkedLines("refused.jsonl");
    const codes = lines.flatMap((line) => (line.ok ? [] : line.issues.map(({ code }) => code)));

    expect(new Set(codes)).toEqual(
      new Set([
        "not-json",
        "required",
        "unknown-member",
        "too-large",
        "too-long",
        "not-allowed",
        "pattern",
        "conflict",
      ]),
    );
  });
});
