import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { ContactRequests } from "#infra/constructs/contact-requests.ts";
import { ContactRequestsStack } from "#infra/contact-requests-stack.ts";
import type { Operation } from "#shared/contract/operation.ts";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { SettingsInput } from "#shared/settings.ts";
import { anApp } from "./an-app.ts";
import { INSTANCE, PLACE } from "./instances.ts";
import { policyStatements, type Statement } from "./policy-statements.ts";
import { printed } from "./printed.ts";
import { STUB_BUNDLES } from "./stub-bundles.ts";
import { type TemplateResource, templateResources } from "./template-resource.ts";

/** A synthesized stack, and what tests ask about it. */
export class Deployment {
  readonly stack: Stack;
  readonly template: Template;
  readonly resources: readonly TemplateResource[];

  /** The stack of this project, with bundles that do nothing. */
  static of(settings: Partial<SettingsInput> = {}): Deployment {
    const props = { settings: { connectInstanceArns: [INSTANCE], ...settings }, bundles: STUB_BUNDLES };
    return new Deployment(new ContactRequestsStack(anApp(), "Stack", props));
  }

  /** The construct in a stack of somebody else, who builds something around it. */
  static with(
    build: (requests: ContactRequests, stack: Stack) => void,
    settings: Partial<SettingsInput> = {},
  ): Deployment {
    const { account, region } = PLACE;
    const stack = new Stack(anApp(), "Elsewhere", { env: { account, region } });
    const props = { settings: { connectInstanceArns: [INSTANCE], ...settings }, bundles: STUB_BUNDLES };
    build(new ContactRequests(stack, "Requests", props), stack);
    return new Deployment(stack);
  }

  /** The construct in a stack of somebody else, who does not say where it is deployed. */
  static inStackWithoutPlace(): Deployment {
    const stack = new Stack(anApp(), "Elsewhere");
    new ContactRequests(stack, "Requests", { settings: { connectInstanceArns: [INSTANCE] }, bundles: STUB_BUNDLES });
    return new Deployment(stack);
  }

  private constructor(stack: Stack) {
    this.stack = stack;
    this.template = Template.fromStack(stack);
    this.resources = templateResources(this.template.toJSON());
  }

  ofType(type: string): readonly TemplateResource[] {
    return this.resources.filter(({ Type }) => Type === type);
  }

  /** The one resource of a type whose property is, in print, this text. */
  one(type: string, property: string, text: string): TemplateResource {
    const found = this.ofType(type).filter(({ Properties }) => printed(Properties[property]) === text);
    const [resource] = found;
    if (resource !== undefined && found.length === 1) return resource;
    throw new Error(`${found.length} resources of type ${type} have the ${property} ${text}; there must be one.`);
  }

  laneQueue(operation: Operation, lane: Lane): TemplateResource {
    return this.one("AWS::SQS::Queue", "QueueName", `contact-requests-${operation}-${lane}`);
  }

  deadLetterQueue(operation: Operation): TemplateResource {
    return this.one("AWS::SQS::Queue", "QueueName", `contact-requests-${operation}-dead-letters`);
  }

  worker(operation: Operation): TemplateResource {
    return this.one("AWS::Lambda::Function", "FunctionName", `contact-requests-${operation}`);
  }

  mapping(operation: Operation, lane: Lane): TemplateResource {
    const queue = this.laneQueue(operation, lane).logicalId;
    return this.one("AWS::Lambda::EventSourceMapping", "EventSourceArn", `<${queue}.Arn>`);
  }

  get feed(): TemplateResource {
    return this.one("AWS::Lambda::Function", "FunctionName", "contact-requests-feed-backfill");
  }

  get stateMachine(): TemplateResource {
    return this.#only("AWS::StepFunctions::StateMachine");
  }

  /** Everything that the role of an operation's worker may do. */
  rights(operation: Operation): readonly Statement[] {
    return this.rightsOf(this.worker(operation).Properties["Role"]);
  }

  /** Everything that a role may do, by the reference to its ARN. */
  rightsOf(roleArn: unknown): readonly Statement[] {
    const role = printed(roleArn).replace(".Arn", "");
    const policies = this.ofType("AWS::IAM::Policy").filter(({ Properties }) => {
      const { Roles } = Properties;
      return Array.isArray(Roles) && Roles.some((each) => printed(each) === role);
    });
    return policies.flatMap(({ Properties }) => policyStatements(Properties["PolicyDocument"]));
  }

  /** The rights of a worker in one service, as `action on resource`, sorted. */
  rightsIn(service: string, operation: Operation): readonly string[] {
    return this.rights(operation)
      .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => `${action} on ${on}`)))
      .filter((right) => right.startsWith(`${service}:`))
      .toSorted();
  }

  get key(): TemplateResource {
    return this.#only("AWS::KMS::Key");
  }

  /** Who may send to a queue, and to whom that is refused. */
  queuePolicy(queue: TemplateResource): readonly Statement[] {
    return this.ofType("AWS::SQS::QueuePolicy")
      .filter(({ Properties }) => JSON.stringify(Properties["Queues"]) === JSON.stringify([{ Ref: queue.logicalId }]))
      .flatMap(({ Properties }) => policyStatements(Properties["PolicyDocument"]));
  }

  get undeliverableEvents(): TemplateResource {
    return this.one("AWS::SQS::Queue", "QueueName", "contact-requests-undeliverable-events");
  }

  get eventBus(): TemplateResource {
    return this.#only("AWS::Events::EventBus");
  }

  get keyPolicy(): readonly Statement[] {
    return policyStatements(this.key.Properties["KeyPolicy"]);
  }

  get stateTable(): TemplateResource {
    return this.#only("AWS::DynamoDB::Table");
  }

  get payloadBucket(): TemplateResource {
    return this.#only("AWS::S3::Bucket");
  }

  #only(type: string): TemplateResource {
    const [resource, ...others] = this.ofType(type);
    if (resource !== undefined && others.length === 0) return resource;
    throw new Error(`There must be exactly one resource of type ${type}.`);
  }
}
