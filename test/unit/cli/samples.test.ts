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
    ["start-email-contact.jsonl", "StartEmailContact"],
    ["start-outbound-email-contact.jsonl", "StartOutboundEmailContact"],
    ["create-contact.jsonl", "CreateContact"],
    ["start-outbound-chat-contact.jsonl", "StartOutboundChatContact"],
  ])("%s holds nine good requests for %s", async (name, operation) => {
    const lines = await checkedLines(name);

    expect(lines.filter((line) => !line.ok)).toEqual([]);
    expect(lines.map((line) => (line.ok ? line.request.operation : undefined))).toEqual(Array(9).fill(operation));
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
