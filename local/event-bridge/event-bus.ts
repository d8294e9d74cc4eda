import { EventsError } from "./events-error.ts";
import { Rule, type RuleDescription } from "./rule.ts";

/** Rules of a bus. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MOST_RULES = 300;

export interface EventBusNames {
  readonly name: string;
  /** `arn:aws:events:REGION:ACCOUNT:event-bus/NAME` */
  readonly arn: string;
}

export class EventBus {
  readonly name: string;
  readonly arn: string;
  readonly #rules = new Map<string, Rule>();

  constructor({ name, arn }: EventBusNames) {
    this.name = name;
    this.arn = arn;
  }

  rules(): readonly Rule[] {
    return [...this.#rules.values()];
  }

  /** Throws a ResourceNotFoundException. */
  rule(name: string): Rule {
    const rule = this.#rules.get(name);
    if (rule !== undefined) return rule;
    throw new EventsError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus ${this.name}.`);
  }

  hasRule(name: string): boolean {
    return this.#rules.has(name);
  }

  /** Makes the rule, or changes the one with this name and leaves its targets. */
  putRule(description: RuleDescription): Rule {
    const known = this.#rules.get(description.Name);
    if (known !== undefined) {
      known.update(description);
      return known;
    }
    if (this.#rules.size >= MOST_RULES) {
      throw new EventsError("LimitExceededException", `The event bus ${this.name} has ${MOST_RULES} rules already.`);
    }
    const rule = new Rule(this.#ruleArn(description.Name), description);
    this.#rules.set(description.Name, rule);
    return rule;
  }

  deleteRule(name: string): void {
    this.#rules.delete(name);
  }

  /** The name of the bus is a part of it, except on the default bus. */
  #ruleArn(name: string): string {
    const [account] = this.arn.split(":event-bus/");
    return this.name === "default" ? `${account}:rule/${name}` : `${account}:rule/${this.name}/${name}`;
  }
}
