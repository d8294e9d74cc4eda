import * as z from "zod";
import { describedMapping } from "./described-mapping.ts";
import { LambdaApiError } from "./lambda-api-error.ts";
import type { RegisteredMapping } from "./registered-mapping.ts";

/** What the actions work on. */
export interface LambdaPlace {
  readonly region: string;
  readonly accountId: string;
  /** By UUID, in the order of the template. */
  readonly mappings: ReadonlyMap<string, RegisteredMapping>;
  /** By ARN. */
  readonly functions: ReadonlyMap<string, unknown>;
}

type Answer = Readonly<Record<string, unknown>>;

const MOST_OF_A_PAGE = 100;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export function listEventSourceMappings(query: URLSearchParams, place: LambdaPlace): Answer {
  const queueArn = query.get("EventSourceArn");
  const name = query.get("FunctionName");
  const functionArn = name === null ? undefined : arnOf(name, place);
  if (functionArn !== undefined && !place.functions.has(functionArn))
    throw new LambdaApiError("ResourceNotFoundException", 404, `Function not found: ${functionArn}`);
  const matching = [...place.mappings.values()].filter(
    (each) =>
      (queueArn === null || each.eventSourceArn === queueArn) &&
      (functionArn === undefined || each.functionArn === functionArn),
  );
  const first = Number(query.get("Marker") ?? 0);
  const end = first + Math.min(Number(query.get("MaxItems") ?? MOST_OF_A_PAGE), MOST_OF_A_PAGE);
  if (!Number.isInteger(first) || !Number.isInteger(end) || first < 0 || end <= first)
    throw invalid("MaxItems must be a whole number from 1, and Marker what the page before gave.");
  return {
    EventSourceMappings: matching.slice(first, end).map((each) => describedMapping(each)),
    ...(end < matching.length && { NextMarker: String(end) }),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export const getEventSourceMapping = (uuid: string, place: LambdaPlace): Answer =>
  describedMapping(existing(uuid, place));

const update = z.looseObject({ Enabled: z.boolean().optional(), FunctionName: z.string().optional() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
export function updateEventSourceMapping(uuid: string, body: unknown, place: LambdaPlace): Answer {
  const registered = existing(uuid, place);
  const { mapping } = registered;
  const parsed = update.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error.issues.map(({ message }) => message).join("; "));
  const { Enabled, FunctionName, ...others } = parsed.data;
  const changesFunction = FunctionName !== undefined && arnOf(FunctionName, place) !== registered.functionArn;
  const changed = [...Object.keys(others), ...(changesFunction ? ["FunctionName"] : [])];
  if (changed.length > 0) {
    throw invalid(
      `The local runner changes nothing but Enabled, and the request names ${changed.join(", ")}. Change the template.`,
    );
  }
  if (mapping.state === "Disabling") {
    throw new LambdaApiError(
      "ResourceInUseException",
      400,
      `Cannot update the event source mapping with UUID ${uuid} because it is in use.`,
    );
  }
  if (Enabled === undefined || Enabled === (mapping.state === "Enabled")) return describedMapping(registered);
  if (Enabled) mapping.start();
  else mapping.disable();
  // The answer tells what begins; whoever asks later learns how it ended.
  return describedMapping(registered, Enabled ? "Enabling" : "Disabling");
}

function existing(uuid: string, { mappings }: LambdaPlace): RegisteredMapping {
  const found = mappings.get(uuid);
  if (found !== undefined) return found;
  throw new LambdaApiError(
    "ResourceNotFoundException",
    404,
    "The resource you requested does not exist. (Service: Lambda, local)",
  );
}

/** A function may be named by its name, its ARN, or the ARN without its beginning: ACCOUNT:function:NAME. */
function arnOf(name: string, { region, accountId }: LambdaPlace): string {
  if (name.startsWith("arn:")) return name;
  return `arn:aws:lambda:${region}:${accountId}:function:${name.split(":").at(-1)}`;
}

const invalid = (message: string): LambdaApiError => new LambdaApiError("InvalidParameterValueException", 400, message);
