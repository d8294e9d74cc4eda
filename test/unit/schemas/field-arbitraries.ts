import fc from "fast-check";

/** Text of `min` to `max` characters, of any script, and at its limits more often than chance would have it. */
export const text = (min: number, max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: "binary", minLength: min, maxLength: Math.min(max, 40) }) },
    { weight: 1, arbitrary: fc.constantFrom("a", "😀").map((character) => character.repeat(Math.min(max, 1100))) },
    { weight: 1, arbitrary: fc.constant("b".repeat(min)) },
  );

const letters = "abcXYZ019-_";

const isNoReservedKey = (key: string): boolean => key !== "__proto__";

/** A key of letters, digits, - and _. */
const plainKey = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 20 }).filter(isNoReservedKey);

export const printable = (max: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    minLength: 1,
    maxLength: max,
  });

export const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

export const emailAddress = fc
  .tuple(plainKey, fc.constantFrom("example.com", "b.co", "exämple.de", "x.y.z"))
  .map(([name, host]) => `${name}@${host}`);

export const recipient = fc.record(
  { EmailAddress: emailAddress, DisplayName: text(0, 256) },
  { requiredKeys: ["EmailAddress"] },
);

export const recipients = fc.array(recipient, { minLength: 1, maxLength: 24 });

export const instanceId = fc.oneof(
  fc.uuid(),
  text(1, 100).filter((id) => !id.startsWith("arn:")),
  fc.uuid().map((id) => `arn:aws-us-gov:connect:us-gov-west-1:111122223333:instance/${id}`),
);

export const attributes = fc.dictionary(plainKey, text(0, 32_767), { maxKeys: 4 });

const status = fc.constantFrom("AVAILABLE", "DELETED", "APPROVED", "REJECTED", "PROCESSING", "FAILED");

const valueFor = (type: string): fc.Arbitrary<string> => {
  if (type === "URL") return fc.webUrl();
  return type === "DATE" ? fc.nat().map(String) : fc.string({ unit: "binary", maxLength: 30 });
};

export const references = (types: readonly string[]) =>
  fc.dictionary(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter(isNoReservedKey),
    fc.constantFrom(...types).chain((type) =>
      fc.record(
        {
          Type: fc.constant(type),
          Value: valueFor(type),
          Status: status,
          Arn: fc.constant("arn:aws:s3:::bucket/key-1"),
          StatusReason: text(0, 100),
        },
        { requiredKeys: ["Type"] },
      ),
    ),
    { maxKeys: 4 },
  );

export const templatedMessage = fc.record({
  KnowledgeBaseId: text(1, 500),
  MessageTemplateId: text(1, 500),
  TemplateAttributes: fc.record(
    {
      CustomAttributes: fc.dictionary(text(1, 60).filter(isNoReservedKey), text(0, 200), { maxKeys: 3 }),
      CustomerProfileAttributes: text(0, 300),
    },
    { requiredKeys: [] },
  ),
});

const segmentValue = (levels: number, isSystem: boolean): fc.Arbitrary<object> => {
  const own = { ValueString: text(0, 1024), ValueInteger: int32 };
  const system = isSystem ? { ValueArn: text(0, 1024) } : {};
  if (levels === 1) return fc.record({ ...own, ...system }, { requiredKeys: [] });
  const below = segmentValue(levels - 1, isSystem);
  const nested = {
    ValueMap: fc.dictionary(
      fc.oneof(
        plainKey,
        plainKey.map((key) => `connect:${key}`),
      ),
      below,
      { maxKeys: 2 },
    ),
    ...(isSystem && { ValueList: fc.array(below, { maxLength: 2 }) }),
  };
  return fc.record({ ...own, ...system, ...nested }, { requiredKeys: [] });
};

/** Segment attributes with what an operation asks for among them. */
export const segmentAttributes = (required: object = {}) =>
  fc
    .record({
      own: fc.dictionary(plainKey, segmentValue(4, false), { maxKeys: 2 }),
      system: fc.dictionary(
        plainKey.map((key) => `connect:${key}x`),
        segmentValue(4, true),
        { maxKeys: 2 },
      ),
      expiry: fc.constantFrom({}, { "connect:ContactExpiry": { ValueMap: { ExpiryDuration: { ValueInteger: 60 } } } }),
    })
    .map(({ own, system, expiry }) => ({ ...own, ...system, ...expiry, ...required }));
