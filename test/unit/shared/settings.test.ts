import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { apisOf } from "#shared/contract/apis-of.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { PACED_APIS, type PacedApi } from "#shared/contract/paced-api.ts";
import {
  functionTimeoutSeconds,
  parseSettings,
  type Settings,
  type SettingsInput,
  visibilityTimeoutSeconds,
  workerSettings,
  workersOnBucket,
} from "#shared/settings.ts";
import { workerSettingsSchema } from "#shared/worker/worker-settings.ts";

const ARN = "arn:aws:connect:eu-central-1:123456789012:instance/11111111-1111-4111-8111-111111111111";

function settings(overrides: Partial<SettingsInput> = {}): Settings {
  const parsed = parseSettings({ connectInstanceArns: [ARN], ...overrides });
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.error.join("\n"));
}

function refusals(candidate: unknown): readonly string[] {
  const parsed = parseSettings(candidate);
  return parsed.ok ? [] : parsed.error;
}

const withInstance = (overrides: object): object => ({ connectInstanceArns: [ARN], ...overrides });

const DAY = 24 * 60 * 60;

describe("settings of which only the instance is given", () => {
  const QUOTA = { ratePerSecond: 2, burst: 5 };

  test("have the quotas that every account starts with, and the times of the design", () => {
    expect(settings()).toEqual({
      connectInstanceArns: [ARN],
      prefix: "contact-requests",
      quotas: {
        StartEmailContact: QUOTA,
        StartOutboundEmailContact: QUOTA,
        CreateContact: QUOTA,
        StartOutboundChatContact: QUOTA,
        StopContact: { ratePerSecond: 10, burst: 15 },
      },
      openContacts: { chat: 500, email: 1_000, task: 2_500 },
      quotaShare: 1,
      attachmentBuckets: [],
      senders: [],
      tokenWindowSeconds: {
        StartEmailContact: DAY / 2,
        StartOutboundEmailContact: DAY / 2,
        CreateContact: DAY / 2,
        StartOutboundChatContact: 7 * DAY - 3600,
      },
      batchSize: 10,
      maximumConcurrency: 2,
      backfillMaximumConcurrency: 2,
      backfillEnabled: true,
      backfillFeedConcurrency: 2,
      holdSeconds: 5,
      callTimeoutSeconds: 10,
      closingTimeSeconds: 3,
      retry: {
        backoffBaseSeconds: 5,
        backoffMaxSeconds: 900,
        transientAttempts: 10,
        transientAgeSeconds: 6 * 3600,
        conflictAttempts: 5,
        deniedAgeSeconds: 3600,
        capacityRefusals: 3,
      },
      pause: { firstSeconds: 60, maxSeconds: 900, longAfterSeconds: DAY, longSeconds: 3600 },
      retention: { queueSeconds: 13 * DAY, deadLetterSeconds: 14 * DAY, staleMarginSeconds: DAY / 2 },
    });
  });

  test("keep the defaults beside a setting that is given in the same group", () => {
    expect(settings({ quotas: { CreateContact: { ratePerSecond: 4 } } }).quotas).toEqual({
      StartEmailContact: QUOTA,
      StartOutboundEmailContact: QUOTA,
      CreateContact: { ratePerSecond: 4, burst: 5 },
      StartOutboundChatContact: QUOTA,
      StopContact: { ratePerSecond: 10, burst: 15 },
    });
  });
});

const INSTANCES =
  'connectInstanceArns must be a list with at least one ARN of a Connect instance, as in {"connectInstanceArns":["arn:aws:connect:REGION:ACCOUNT:instance/ID"]}.';
const INSTANCE = "must be the ARN of a Connect instance: arn:aws:connect:REGION:ACCOUNT:instance/ID";
const PREFIX =
  'prefix must be 2 to 38 lower-case letters, digits and hyphens, a letter first, no hyphen last, as in {"prefix":"contact-requests"}.';
const BATCH = 'batchSize must be a whole number from 1 to 10, as in {"batchSize":10}.';
const CONCURRENCY = 'maximumConcurrency must be a whole number from 2 to 1000, as in {"maximumConcurrency":2}.';
const CALL = 'callTimeoutSeconds must be a number of seconds from 0.1 to 60, as in {"callTimeoutSeconds":10}.';
const RATE =
  'quotas.CreateContact.ratePerSecond must be a number above 0 and at most 1000, as in {"quotas":{"CreateContact":{"ratePerSecond":2}}}.';
const SHARE = 'quotaShare must be a number above 0 and at most 1, as in {"quotaShare":1}.';
const SWITCH = 'backfillEnabled must be true or false, as in {"backfillEnabled":true}.';
const BACKFILL =
  'backfillMaximumConcurrency must be a whole number from 2 to 1000, as in {"backfillMaximumConcurrency":2}.';
const BUCKET =
  'attachmentBuckets[0] must be the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots, as in {"attachmentBuckets":["my-attachments"]}.';
const SENDER =
  'senders[0] must be the ARN of an account, a role or a user: arn:aws:iam::ACCOUNT:role/NAME, as in {"senders":["arn:aws:iam::ACCOUNT:role/NAME"]}.';
const HOLD = 'holdSeconds must be a number of seconds from 0 to 60, as in {"holdSeconds":5}.';
const WINDOW =
  'tokenWindowSeconds.CreateContact must be a number of seconds from 0 to 604800, as in {"tokenWindowSeconds":{"CreateContact":43200}}.';
const STALE =
  "retention.staleMarginSeconds must be shorter than queueSeconds, or every message is dead-lettered on arrival: raise queueSeconds, or lower this as far as the longest wait of a message allows.";
const DEAD =
  "retention.deadLetterSeconds must be longer than queueSeconds, since a dead letter that SQS moves keeps its age: raise it, or lower queueSeconds.";

describe("one wrong setting is refused with its name, the rule and what to type:", () => {
  const rate = (ratePerSecond: unknown) => ({ quotas: { CreateContact: { ratePerSecond } } });

  test.each<[name: string, wrong: object, sentence: string]>([
    ["an instance that is no ARN", { connectInstanceArns: [ARN, "nope"] }, `connectInstanceArns[1] ${INSTANCE}.`],
    ["no instances", { connectInstanceArns: [] }, INSTANCES],
    ["one instance outside of a list", { connectInstanceArns: ARN }, INSTANCES],
    ["a prefix in capitals", { prefix: "CRM" }, PREFIX],
    ["a prefix of one letter", { prefix: "c" }, PREFIX],
    ["a prefix that begins with a digit", { prefix: "1st" }, PREFIX],
    ["a prefix that ends with a hyphen", { prefix: "crm-" }, PREFIX],
    ["a prefix that makes names too long for Lambda", { prefix: "c".repeat(39) }, PREFIX],
    ["a prefix that is a number", { prefix: 7 }, PREFIX],
    ["an empty batch", { batchSize: 0 }, BATCH],
    ["a batch beyond SQS's", { batchSize: 11 }, BATCH],
    ["half a record", { batchSize: 2.5 }, BATCH],
    ["a number as text", { batchSize: "5" }, BATCH],
    ["null", { batchSize: null }, BATCH],
    ["a concurrency below Lambda's", { maximumConcurrency: 1 }, CONCURRENCY],
    ["a concurrency beyond Lambda's", { maximumConcurrency: 1001 }, CONCURRENCY],
    ["a bucket by its ARN", { attachmentBuckets: ["arn:aws:s3:::files"] }, BUCKET],
    ["a bucket that is a pattern", { attachmentBuckets: ["files-*"] }, BUCKET],
    [
      "a bucket outside of a list",
      { attachmentBuckets: "files" },
      'attachmentBuckets must be a list of the names of buckets, as in {"attachmentBuckets":["my-attachments"]}.',
    ],
    [
      "a bucket that is named twice",
      { attachmentBuckets: ["files", "files"] },
      "attachmentBuckets must be a list of the names of buckets, each of them once.",
    ],
    ["everybody as a sender", { senders: ["*"] }, SENDER],
    ["a session as a sender", { senders: ["arn:aws:sts::123456789012:assumed-role/a/b"] }, SENDER],
    ["an account's number as a sender", { senders: ["123456789012"] }, SENDER],
    ["no time for a call", { callTimeoutSeconds: 0 }, CALL],
    ["a call that is too long", { callTimeoutSeconds: 61 }, CALL],
    ["a time that is not a number", { callTimeoutSeconds: Number.NaN }, CALL],
    ["a rate of nothing", rate(0), RATE],
    ["a rate without end", rate(Number.POSITIVE_INFINITY), RATE],
    ["a rate as text", rate("2"), RATE],
    ["a share of nothing", { quotaShare: 0 }, SHARE],
    ["more than the whole quota", { quotaShare: 1.01 }, SHARE],
    ["a share in percent", { quotaShare: "50%" }, SHARE],
    ["a switch that is a text", { backfillEnabled: "no" }, SWITCH],
    ["a backfill without a worker", { backfillMaximumConcurrency: 0 }, BACKFILL],
    ["a hold that is longer than a function", { holdSeconds: 61 }, HOLD],
    ["a token window beyond all that AWS says", { tokenWindowSeconds: { CreateContact: 7 * DAY + 1 } }, WINDOW],
    ["dead letters that do not outlive their source", { retention: { queueSeconds: 14 * DAY } }, DEAD],
    ["messages that are stale on arrival", { retention: { queueSeconds: DAY / 2 } }, STALE],
    [
      "a backoff that begins beyond its end",
      { retry: { backoffBaseSeconds: 1000 } },
      "retry.backoffMaxSeconds must be at least backoffBaseSeconds: raise it.",
    ],
    [
      "a pause that begins beyond its end",
      { pause: { maxSeconds: 1 } },
      "pause.maxSeconds must be at least firstSeconds: raise it.",
    ],
    [
      "a name as the documents write it, with a point",
      { "retry.transientAttempts": 3 },
      '"retry.transientAttempts" is not a setting; settings are nested, as in {"retry":{"transientAttempts":…}}.',
    ],
    ["an unknown name that is near to one", { batchsize: 5 }, '"batchsize" is not a setting; did you mean batchSize?'],
    [
      "an unknown name in a group",
      { quotas: { CreateContact: { rate: 2 } } },
      'quotas.CreateContact: "rate" is not a setting; known are ratePerSecond, burst.',
    ],
    [
      "an operation that there is none of",
      { quotas: { CreateContacts: {} } },
      'quotas: "CreateContacts" is not a setting; did you mean CreateContact?',
    ],
    [
      "a rate that is too low for any function",
      { quotas: { StartEmailContact: { ratePerSecond: 0.02 } } },
      "quotas.StartEmailContact.ratePerSecond times quotaShare is too low for batchSize and the concurrency of both lanes: a full batch of StartEmailContact would take 3013 seconds, and a function has at most 900. Lower batchSize, maximumConcurrency or backfillMaximumConcurrency, or raise quotaShare.",
    ],
    [
      "a share that is too small for any function",
      {
        quotas: {
          StartOutboundEmailContact: { ratePerSecond: 100 },
          CreateContact: { ratePerSecond: 100 },
          StartEmailContact: { ratePerSecond: 100 },
          StopContact: { ratePerSecond: 100 },
        },
        quotaShare: 0.02,
      },
      "quotas.StartOutboundChatContact.ratePerSecond times quotaShare is too low for batchSize and the concurrency of both lanes: a full batch of StartOutboundChatContact would take 1513 seconds, and a function has at most 900. Lower batchSize, maximumConcurrency or backfillMaximumConcurrency, or raise quotaShare.",
    ],
  ])("%s", (_name, wrong, sentence) => {
    expect(refusals(withInstance(wrong))).toEqual([sentence]);
  });

  test("a rate that is too low for one operation alone is named with the operation", () => {
    const quotas = { StartOutboundEmailContact: { ratePerSecond: 0.146 } };
    expect(refusals(withInstance({ quotas }))).toEqual([
      "quotas.StartOutboundEmailContact.ratePerSecond times quotaShare is too low for batchSize and the concurrency of both lanes: a full batch of OutboundEmail would take 901 seconds, and a function has at most 900. Lower batchSize, maximumConcurrency or backfillMaximumConcurrency, or raise quotaShare.",
    ]);
  });

  test("settings without an instance", () => {
    expect(refusals({})).toEqual([INSTANCES]);
  });

  test.each([[null], [[]], ["settings"], [undefined]])("%j in place of settings", (candidate) => {
    expect(refusals(candidate)).toEqual(["The settings must be an object."]);
  });

  test.each([
    ["Regions", ARN.replace("eu-central-1", "us-west-2")],
    ["accounts", ARN.replace("123456789012", "210987654321")],
  ])("instances in two %s", (_what, other) => {
    expect(refusals({ connectInstanceArns: [ARN, other] })).toEqual([
      "connectInstanceArns must all be in one account and Region: make a deployment, with a settings file, for each.",
    ]);
  });
});

test("all that is wrong is said at once", () => {
  expect(refusals({ batchSize: 0, maximumConcurrency: 1 })).toEqual([INSTANCES, BATCH, CONCURRENCY]);
});

test("settings at the ends of their ranges are taken", () => {
  const least = { callTimeoutSeconds: 0.1, closingTimeSeconds: 0.1, batchSize: 1, maximumConcurrency: 2 };
  const most = { callTimeoutSeconds: 60, closingTimeSeconds: 60, batchSize: 10, prefix: "c".repeat(38) };
  expect([...refusals(withInstance(least)), ...refusals(withInstance(most))]).toEqual([]);
});

describe("from the settings follows", () => {
  test.each([
    ["by default: 1.5 × 10 records × 4 workers ÷ 2 a second, and a call and its end", {}, 43],
    ["more workers share the quota", { maximumConcurrency: 10 }, 103],
    ["more workers on the backfill share it too", { backfillMaximumConcurrency: 10 }, 103],
    ["so do workers that may be switched on", { backfillEnabled: false }, 43],
    ["half of the quota takes twice the time", { quotaShare: 0.5 }, 73],
    ["smaller batches are done sooner", { batchSize: 1 }, 10 + 10 + 3],
    ["a higher quota leaves the two calls", { quotas: { StartEmailContact: { ratePerSecond: 100 } } }, 23],
    ["half seconds are rounded up", { batchSize: 1, callTimeoutSeconds: 0.5, closingTimeSeconds: 0.3 }, 4],
  ])("the function's timeout: %s", (_why, overrides, timeoutSeconds) => {
    expect(functionTimeoutSeconds(settings(overrides), "StartEmailContact")).toBe(timeoutSeconds);
  });

  test.each([
    ["CreateContact and outbound e-mails share a bucket: twice the workers", {}, "CreateContact", 60 + 10 + 3],
    ["so do what is sent on drafts", {}, "StartOutboundEmailContact", 60 + 10 + 3],
    ["an outbound e-mail goes through three buckets", {}, "OutboundEmail", 60 + 60 + 6 + 10 + 3],
    ["and makes four calls at the most", { batchSize: 1, callTimeoutSeconds: 60 }, "OutboundEmail", 3 * 60 + 60 + 3],
  ] as const)("the function's timeout: %s", (_why, overrides, operation, timeoutSeconds) => {
    expect(functionTimeoutSeconds(settings(overrides), operation)).toBe(timeoutSeconds);
  });

  test.each([
    ["StartEmailContact", 5],
    ["CreateContact", 10],
    ["StartOutboundEmailContact", 10],
    ["StartOutboundChatContact", 5],
    ["StopContact", 5],
  ] as const)("how many workers draw on the bucket of %s", (api, workers) => {
    expect(workersOnBucket(settings({ backfillMaximumConcurrency: 3 }), api)).toBe(workers);
  });

  test.each([
    ["by default", {}, { ratePerSecond: 0.5, burst: 1 }],
    ["eight workers", { maximumConcurrency: 6 }, { ratePerSecond: 0.25, burst: 1 }],
    ["more workers than the burst has tokens", { backfillMaximumConcurrency: 18 }, { ratePerSecond: 0.1, burst: 1 }],
    ["a share of the quota", { quotaShare: 0.5 }, { ratePerSecond: 0.25, burst: 1 }],
    [
      "a raised quota",
      { quotas: { StartEmailContact: { ratePerSecond: 20, burst: 41 } } },
      { ratePerSecond: 5, burst: 10 },
    ],
  ])("the pace of each process: %s", (_why, overrides, pace) => {
    expect(workerSettings(settings(overrides), "StartEmailContact").quotas.StartEmailContact?.pace).toEqual(pace);
  });

  test.each([
    ["half", 0.5, { ratePerSecond: 1, burst: 2 }],
    ["a fifth, of which one token is left", 0.2, { ratePerSecond: 0.4, burst: 1 }],
    ["all", 1, { ratePerSecond: 2, burst: 5 }],
  ])("the quota that all processes plan with: %s of the account's", (_what, quotaShare, quota) => {
    expect(workerSettings(settings({ quotaShare }), "CreateContact").quotas.CreateContact?.quota).toEqual(quota);
  });

  test("a burst that is a whole number of tokens stays one", () => {
    const quotas = { CreateContact: { burst: 100 } };
    expect(
      workerSettings(settings({ quotas, quotaShare: 0.29 }), "CreateContact").quotas.CreateContact?.quota.burst,
    ).toBe(29);
  });

  test("the windows of the client tokens of the very APIs that the worker calls", () => {
    const chat = { StartOutboundChatContact: (7 * DAY - 3600) * 1000 };
    expect(workerSettings(settings(), "StartOutboundChatContact").tokenWindowMs).toEqual(chat);
    const tokenWindowSeconds = { CreateContact: 60 };
    const email = { CreateContact: 60_000, StartOutboundEmailContact: (DAY / 2) * 1000 };
    expect(workerSettings(settings({ tokenWindowSeconds }), "OutboundEmail").tokenWindowMs).toEqual(email);
  });

  test("the quotas of all three APIs that an outbound e-mail calls, of which it shares two with other workers", () => {
    const start = { quota: { ratePerSecond: 2, burst: 5 }, pace: { ratePerSecond: 0.25, burst: 1 } };
    expect(workerSettings(settings(), "OutboundEmail").quotas).toEqual({
      CreateContact: start,
      StartOutboundEmailContact: start,
      StopContact: { quota: { ratePerSecond: 10, burst: 15 }, pace: { ratePerSecond: 2.5, burst: 3 } },
    });
  });

  test("what a worker is told, in milliseconds", () => {
    expect(workerSettings(settings(), "StartEmailContact")).toEqual({
      quotas: {
        StartEmailContact: { quota: { ratePerSecond: 2, burst: 5 }, pace: { ratePerSecond: 0.5, burst: 1 } },
      },
      pause: { firstMs: 60_000, maxMs: 900_000, longAfterMs: DAY * 1000, longMs: 3_600_000, probeLeaseMs: 13_000 },
      retry: {
        backoff: { baseMs: 5000, maxMs: 900_000 },
        transient: { attempts: 10, ageMs: 21_600_000 },
        conflict: { attempts: 5 },
        denied: { ageMs: 3_600_000 },
        capacityRefusals: 3,
      },
      tokenWindowMs: { StartEmailContact: (DAY / 2) * 1000 },
      holdMs: 5000,
      callTimeoutMs: 10_000,
      closingTimeMs: 3000,
      queueRetentionMs: 13 * DAY * 1000,
      staleMarginMs: (DAY / 2) * 1000,
    });
  });
});

function quotasOf(accepted: Settings, operation: Operation, api: PacedApi) {
  const told = workerSettings(accepted, operation).quotas[api];
  if (told === undefined) throw new Error(`The worker of ${operation} is not told the quota of ${api}.`);
  return told;
}

describe("for any settings that are accepted", () => {
  const ratePerSecond = fc.integer({ min: 50, max: 20_000 }).map((hundredths) => hundredths / 100);
  const quota = fc.record({ ratePerSecond, burst: fc.integer({ min: 1, max: 100 }) });
  const candidates = fc.record({
    connectInstanceArns: fc.constant([ARN]),
    batchSize: fc.integer({ min: 1, max: 10 }),
    maximumConcurrency: fc.integer({ min: 2, max: 30 }),
    backfillMaximumConcurrency: fc.integer({ min: 2, max: 10 }),
    quotaShare: fc.integer({ min: 20, max: 100 }).map((percent) => percent / 100),
    callTimeoutSeconds: fc.double({ min: 0.1, max: 60, noNaN: true }),
    closingTimeSeconds: fc.double({ min: 0.1, max: 60, noNaN: true }),
    quotas: fc.record(Object.fromEntries(PACED_APIS.map((api) => [api, quota]))),
  });

  /** Checks a law on the settings that are accepted; most of these candidates are. */
  function law(seed: number, check: (accepted: Settings, operation: Operation) => void): void {
    let accepted = 0;
    fc.assert(
      fc.property(candidates, fc.constantFrom(...OPERATIONS), (candidate, operation) => {
        const parsed = parseSettings(candidate);
        if (!parsed.ok) return;
        accepted += 1;
        check(parsed.value, operation);
      }),
      { seed, numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(100);
  }

  test("the function has time for one and a half full batches at the pace of all workers, through every bucket", () => {
    law(20_261_123, (accepted, operation) => {
      const batchesSeconds = apisOf(operation).map((api) => {
        const ratePerSecond = accepted.quotas[api].ratePerSecond * accepted.quotaShare;
        return (1.5 * accepted.batchSize * workersOnBucket(accepted, api)) / ratePerSecond;
      });
      const sumSeconds = batchesSeconds.reduce((sum, each) => sum + each);
      expect(functionTimeoutSeconds(accepted, operation)).toBeGreaterThanOrEqual(sumSeconds);
    });
  });

  test("the function has time for all of its calls, one of them twice, and for what comes after it", () => {
    law(20_261_124, (accepted, operation) => {
      const calls = apisOf(operation).length + 1;
      const callsSeconds = calls * accepted.callTimeoutSeconds + accepted.closingTimeSeconds;
      expect(functionTimeoutSeconds(accepted, operation)).toBeGreaterThanOrEqual(callsSeconds);
    });
  });

  test("the function's timeout is one that Lambda takes: whole seconds, 1 to 900", () => {
    law(20_261_125, (accepted, operation) => {
      const timeoutSeconds = functionTimeoutSeconds(accepted, operation);
      expect(Number.isInteger(timeoutSeconds)).toBe(true);
      expect(timeoutSeconds).toBeGreaterThanOrEqual(1);
      expect(timeoutSeconds).toBeLessThanOrEqual(900);
    });
  });

  test("a message stays hidden for six times the function's timeout", () => {
    law(20_261_126, (accepted, operation) => {
      expect(visibilityTimeoutSeconds(accepted, operation)).toBe(6 * functionTimeoutSeconds(accepted, operation));
    });
  });

  test("all processes together keep the rate of this deployment's share of each API", () => {
    law(20_261_127, (accepted, operation) => {
      for (const api of apisOf(operation)) {
        const together = quotasOf(accepted, operation, api).pace.ratePerSecond * workersOnBucket(accepted, api);
        expect(together).toBeCloseTo(accepted.quotas[api].ratePerSecond * accepted.quotaShare, 6);
      }
    });
  });

  test("all processes together leave one token of the burst, where each has more than the one it cannot do without", () => {
    law(20_261_128, (accepted, operation) => {
      for (const api of apisOf(operation)) {
        const { pace, quota } = quotasOf(accepted, operation, api);
        const together = pace.burst * workersOnBucket(accepted, api);
        expect(pace.burst === 1 || together <= quota.burst - 1).toBe(true);
      }
    });
  });

  test("the worker can read what it is told", () => {
    law(20_261_129, (accepted, operation) => {
      const told: unknown = JSON.parse(JSON.stringify(workerSettings(accepted, operation)));
      expect(workerSettingsSchema.parse(told)).toEqual(workerSettings(accepted, operation));
    });
  });
});
