import { expect, test } from "@jest/globals";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { isObject } from "#shared/contract/is-object.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { anOutboundEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { placesOf, replacedAt } from "#test/support/places.ts";
import { issuesIn } from "./issues-in.ts";
import { SCENES } from "./scenes.ts";

const HALVES = ["\ud83d", "\ude00"];
const scenes = OPERATIONS.flatMap((operation) => SCENES[operation].map((scene, index) => ({ scene, index })));
const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);

const codesAt = (candidate: unknown): readonly string[] => {
  const parsed = parseContactRequest(candidate);
  return parsed.ok ? [] : parsed.error.map(({ code }) => code);
};

test.each(scenes)(
  "half of a surrogate pair is refused in every text of a $scene.operation request, scene $index",
  ({ scene }) => {
    const texts = placesOf(scene).filter((path) => typeof at(scene, path) === "string");
    const accepted = texts.flatMap((path) =>
      HALVES.map((half) => replacedAt(scene, path, `${String(at(scene, path))}${half}`)).filter(
        (candidate) => parseContactRequest(candidate).ok,
      ),
    );
    expect(texts.length).toBeGreaterThan(4);
    expect(accepted).toEqual([]);
  },
);

test.each(scenes)(
  "half of a surrogate pair is refused in every key of a $scene.operation request, scene $index",
  ({ scene }) => {
    const objects = placesOf(scene).filter((path) => isObject(at(scene, path)));
    const accepted = objects
      .map((path) => replacedAt(scene, path, { ...Object(at(scene, path)), "a\ud83d": "b" }))
      .filter((candidate) => codesAt(candidate).length === 0);
    expect(accepted).toEqual([]);
  },
);

const withInput = (input: object): unknown => ({ ...aTaskRequest(), input: { ...aTaskRequest().input, ...input } });

const withTemplateAttributes = (attributes: object): unknown => {
  const { input } = anOutboundEmailContactRequest();
  const TemplatedMessageConfig = { KnowledgeBaseId: "k", MessageTemplateId: "m", TemplateAttributes: attributes };
  const EmailMessage = { MessageSourceType: "TEMPLATE", TemplatedMessageConfig };
  return { ...anOutboundEmailContactRequest(), input: { ...input, EmailMessage } };
};

const TEMPLATE = "input.EmailMessage.TemplatedMessageConfig.TemplateAttributes";

test.each([
  ["one half, first", withInput({ Name: "a\ud83d" }), ["input.Name pattern"]],
  ["one half, last", withInput({ Name: "\ude00a" }), ["input.Name pattern"]],
  ["halves in the wrong order", withInput({ Name: "\ude00\ud83d" }), ["input.Name pattern"]],
  ["half a pair beyond the length", withInput({ Name: "\ud83d".repeat(1025) }), ["input.Name pattern"]],
  ["both halves", withInput({ Name: "\ud83d\ude00" }), []],
  ["a value of a map", withInput({ Attributes: { a: "\ud83d" } }), ['input.Attributes["a"] pattern']],
  [
    "a key of a map whose keys may be any text",
    withTemplateAttributes({ CustomAttributes: { "\ud83d": "" } }),
    [`${TEMPLATE}.CustomAttributes["\\ud83d"] pattern`],
  ],
  [
    "a text without a limit",
    withTemplateAttributes({ CustomerProfileAttributes: "\ud83d" }),
    [`${TEMPLATE}.CustomerProfileAttributes pattern`],
  ],
])("%s", (_what, candidate, issues) => expect(issuesIn(candidate)).toEqual(issues));

test("the sentence says what is wrong, and holds nothing of the text", () => {
  const parsed = parseContactRequest(withInput({ Name: "secret\ud83d" }));
  expect(parsed.ok ? [] : parsed.error.map(({ message }) => message)).toEqual([
    "must be well-formed Unicode: it holds half of a surrogate pair, as a text does that was cut within an emoji",
  ]);
});
