import { readFileSync } from "node:fs";
import specs from "@asyncapi/specs";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import * as z from "zod";
import { isObject } from "#shared/contract/is-object.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { contactRequestFailed } from "#shared/outcomes/contact-request-failed.ts";
import { contactStarted } from "#shared/outcomes/contact-started.ts";
import { publishedSchema } from "./published-schema.ts";

const message = z.looseObject({
  payload: z.looseObject({}),
  examples: z.array(z.object({ payload: z.looseObject({}) })).min(1),
});

const document = z
  .looseObject({
    channels: z.record(z.string(), z.looseObject({ address: z.string() })),
    components: z.looseObject({ messages: z.record(z.string(), message) }),
  })
  .parse(parse(readFileSync(new URL("../../../schemas/asyncapi.yaml", import.meta.url), "utf8")));

// The specification's schema brings its own copy of the draft 07 meta-schema.
const asyncApi = new Ajv({ strict: false, meta: false, validateSchema: false });
addFormats.default(asyncApi);
const isAsyncApi = asyncApi.compile(z.looseObject({}).parse(specs.schemas["3.0.0"]));
const isSchemaObject = asyncApi.compile({ $ref: "http://asyncapi.com/definitions/3.0.0/schema.json" });

const FILES = "https://example.com/schemas/";

/** Both files at addresses beside each other, as they lie in their folder. */
const payloads = new Ajv2020({ strict: true });
addFormats.default(payloads);
payloads.addVocabulary(["components"]);
payloads.addSchema({ ...publishedSchema, $id: `${FILES}contact-request.schema.json` });
payloads.addSchema({ $id: `${FILES}asyncapi.yaml`, components: document.components });

const isPayload = (name: string, payload: unknown): boolean =>
  payloads.validate({ $ref: `${FILES}asyncapi.yaml#/components/messages/${name}/payload` }, payload);

const referencesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value["$ref"] === "string" ? [value["$ref"]] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
};

const standsIn = (value: unknown, pointer: string): boolean =>
  pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((place, step) => (isObject(place) ? place[step] : undefined), value) !== undefined;

const resolves = (reference: string): boolean => {
  const [file = "", pointer = ""] = reference.split("#");
  if (file === "") return standsIn(document, pointer);
  return file === "./contact-request.schema.json" && standsIn(publishedSchema, pointer);
};

const examples = Object.entries(document.components.messages).flatMap(
  ([
    name,
    {
      examples: [first],
    },
  ]) => (first === undefined ? [] : [[name, first.payload] as const]),
);

const exampleOf = (name: string): Record<string, unknown> =>
  Object.fromEntries(
    examples.filter(([message]) => message === name).flatMap(([, payload]) => Object.entries(payload)),
  );

const page = readFileSync(new URL("../../../docs/message-contract.md", import.meta.url), "utf8");

/** The events in the code blocks of docs/message-contract.md. */
const documentedEvents = [...page.matchAll(/^```json\n(.*?)^```$/gms)]
  .map(([, json = ""]): unknown => JSON.parse(json))
  .filter((block) => isObject(block))
  .flatMap((block) => {
    const detailType = block["detail-type"];
    return typeof detailType === "string" ? [[detailType, block] as const] : [];
  });

const without = (members: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(members).filter(([member]) => member !== name));

describe("the AsyncAPI document", () => {
  test("is AsyncAPI 3.0", () => {
    isAsyncApi(document);

    expect(isAsyncApi.errors).toBeNull();
  });

  test("is refused where it is none", () => {
    expect(isAsyncApi({ ...document, channels: { bus: { adress: "bus" } } })).toBe(false);
  });

  test("refers to nothing that is not there", () => {
    const references = referencesIn(document);

    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => !resolves(reference))).toEqual([]);
  });

  test.each(Object.entries(publishedSchema.$defs))(
    "may refer to a definition, in AsyncAPI's own dialect: %s",
    (_name, definition) => {
      isSchemaObject(definition);

      expect(isSchemaObject.errors).toBeNull();
    },
  );

  test.each(
    OPERATIONS.flatMap((operation) => [
      [queueName("{prefix}", operation, "live")],
      [queueName("{prefix}", operation, "backfill")],
    ]),
  )("has a channel for the queue %s", (address) => {
    expect(Object.values(document.channels).filter((channel) => channel.address === address)).toHaveLength(1);
  });
});

describe("the messages of the AsyncAPI document", () => {
  test("are a request and an event for each operation, and two outcomes", () => {
    expect(examples.map(([name]) => name).toSorted()).toEqual(
      [
        ...OPERATIONS.flatMap((operation) => [`${operation}Request`, `${operation}Event`]),
        "ContactStartedEvent",
        "ContactRequestFailedEvent",
      ].toSorted(),
    );
  });

  test.each(examples)("have an example that is one: %s", (name, payload) => {
    expect(isPayload(name, payload)).toBe(true);
  });

  test.each(examples)("are refused without any of their members: %s", (name, payload) => {
    const dispensable = Object.keys(payload).filter((member) => isPayload(name, without(payload, member)));

    expect(dispensable.filter((member) => member !== "source" && member !== "expiresAt")).toEqual([]);
  });

  test.each(OPERATIONS.map((operation) => [operation]))(
    "let an event of %s say what the message would say",
    (operation) => {
      const event = { ...exampleOf(`${operation}Event`), detail: exampleOf(`${operation}Request`) };
      const other = { ...event, "detail-type": "Another" };

      expect(isPayload(`${operation}Event`, event)).toBe(true);
      expect(isPayload(`${operation}Event`, other)).toBe(false);
    },
  );

  test("show outcomes as they are told", () => {
    expect(contactStarted.safeParse(exampleOf("ContactStartedEvent")["detail"]).error).toBeUndefined();
    expect(contactRequestFailed.safeParse(exampleOf("ContactRequestFailedEvent")["detail"]).error).toBeUndefined();
  });

  test("let outcomes gain members", () => {
    const event = exampleOf("ContactStartedEvent");
    const detail = { ...z.looseObject({}).parse(event["detail"]), addedLater: true };

    expect(isPayload("ContactStartedEvent", { ...event, detail })).toBe(true);
  });

  test("are what the documented events are", () => {
    expect(documentedEvents.map(([detailType]) => detailType)).toEqual([
      "CreateContact",
      "Contact Started",
      "Contact Request Failed",
    ]);
    for (const [detailType, event] of documentedEvents) {
      expect([detailType, isPayload(`${detailType.replaceAll(" ", "")}Event`, event)]).toEqual([detailType, true]);
    }
  });
});
