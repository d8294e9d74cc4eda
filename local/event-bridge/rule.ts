import type { JsonObject } from "../connect-emulator/json-object.ts";
import { EventsError } from "./events-error.ts";
import { compilePattern, type EventPattern } from "./pattern/event-pattern.ts";
import type { Target } from "./target.ts";

/** Targets of a rule. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MOST_TARGETS = 5;

export interface RuleDescription {
  readonly Name: string;
  /** JSON. */
  readonly EventPattern: string;
  readonly State: "ENABLED" | "DISABLED";
  readonly Description?: string | undefined;
  readonly RoleArn?: string | undefined;
}

/** Which events of a bus go where. */
export class Rule {
  readonly arn: string;
  readonly #targets = new Map<string, Target>();
  #description: RuleDescription;
  #matches: EventPattern;

  constructor(arn: string, description: RuleDescription) {
    this.arn = arn;
    this.#description = description;
    this.#matches = compilePattern(parsedJson(description.EventPattern));
  }

  get description(): RuleDescription {
    return this.#description;
  }

  get name(): string {
    return this.#description.Name;
  }

  /** Changes what the rule matches; its targets stay. */
  update(description: RuleDescription): void {
    this.#matches = compilePattern(parsedJson(description.EventPattern));
    this.#description = description;
  }

  matches(event: JsonObject): boolean {
    return this.#description.State === "ENABLED" && this.#matches(event);
  }

  targets(): readonly Target[] {
    return [...this.#targets.values()];
  }

  /** Adds targets, each in place of the one with its id. */
  putTargets(targets: readonly Target[]): void {
    const ids = new Set([...this.#targets.keys(), ...targets.map(({ description }) => description.Id)]);
    if (ids.size > MOST_TARGETS) {
      throw new EventsError(
        "LimitExceededException",
        `The rule ${this.name} would have more than ${MOST_TARGETS} targets.`,
      );
    }
    for (const target of targets) this.#targets.set(target.description.Id, target);
  }

  /** Whether there was such a target. */
  removeTarget(id: string): boolean {
    return this.#targets.delete(id);
  }
}

function parsedJson(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch {
    throw new EventsError("InvalidEventPatternException", "Event pattern is not valid. Reason: Invalid JSON.");
  }
}
