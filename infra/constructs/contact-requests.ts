import { CfnOutput, RemovalPolicy, Stack, Token } from "aws-cdk-lib";
import { ArnPrincipal, CompositePrincipal, type Grant, type IGrantable, ManagedPolicy } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { type ConnectInstance, parseConnectInstanceArn } from "#shared/connect-instance.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { parseSettings, type Settings, type SettingsInput } from "#shared/settings.ts";
import { bundleOf } from "../bundle-of.ts";
import { FEED_FUNCTION } from "../bundled-functions.ts";
import { functionFile } from "../function-file.ts";
import { SettingsError } from "../settings-error.ts";
import { BackfillFeed } from "./backfill-feed.ts";
import { BackfillStateMachine } from "./backfill-state-machine.ts";
import { ContactEventBus } from "./contact-event-bus.ts";
import { ContactWorker } from "./contact-worker.ts";
import { Operators } from "./operators.ts";
import { PayloadBucket } from "./payload-bucket.ts";
import { PublishedSettings } from "./published-settings.ts";
import { RequestQueues } from "./request-queues.ts";
import { StateTable } from "./state-table.ts";

export interface ContactRequestsProps {
  /**
   * What the deployment is set to; see shared/settings.ts.
   */
  readonly settings: SettingsInput;

  /**
   * The directories of the functions' bundles, by function name, as infra/bundle.ts makes them.
   */
  readonly bundles: Readonly<Record<string, string>>;
}

/**
 * Turns contact requests on SQS queues into Amazon Connect contacts: for each operation a live queue, a backfill
 * queue, a dead-letter queue and a worker; and one state table, one event bus and one feed of backfills for all.
 *
 * Requests come from whoever `grantSend` or the setting `senders` lets send, from events on the bus, from rules and
 * schedules (ContactRequestTarget, ContactRequestScheduleTarget), and from SNS topics:
 * `topic.addSubscription(new SqsSubscription(requests.queuesOf("CreateContact").live))` gives the topic all that it needs.
 *
 * Throws at synth if the settings are wrong, with what to type.
 */
export class ContactRequests extends Construct {
  readonly key: Key;
  readonly payloads: PayloadBucket;
  readonly state: StateTable;
  readonly events: ContactEventBus;
  /** Attach it to the role of a sender in this account: it is what `grantSend` gives. */
  readonly senders: ManagedPolicy;
  /** Feeds the file of a backfill to its queue. */
  readonly backfills: BackfillStateMachine;
  /** Where commands find the settings of the deployment. */
  readonly settings: PublishedSettings;
  /** Attach it to whoever runs backfills. */
  readonly operators: ManagedPolicy;
  readonly #queues: ReadonlyMap<Operation, RequestQueues>;
  readonly #workers: ContactWorker[] = [];

  constructor(scope: Construct, id: string, props: ContactRequestsProps) {
    super(scope, id);
    const settings = checked(props.settings, Stack.of(this));
    this.key = new Key(this, "Key", {
      description: `Encrypts what waits in ${settings.prefix}: messages, their payloads and their state`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.payloads = new PayloadBucket(this, "Payloads", { key: this.key });
    this.state = new StateTable(this, "State", { prefix: settings.prefix, key: this.key });
    this.events = new ContactEventBus(this, "Events", { settings, key: this.key });
    this.#queues = new Map(OPERATIONS.map((operation) => [operation, this.#serve(operation, settings, props.bundles)]));
    this.senders = this.#letSend(settings);
    const { payloads, state, key } = this;
    const queues = [...this.#queues.values()];
    const bundle = bundleOf(FEED_FUNCTION, props.bundles);
    const feed = new BackfillFeed(this, "Feed", { settings, bundle, queues, payloads, state });
    this.backfills = new BackfillStateMachine(this, "Backfills", { settings, feed, payloads });
    const workers = this.#workers;
    const deployed = { settings, queues, workers, payloads, state, key, feed, backfills: this.backfills };
    this.settings = new PublishedSettings(this, "Settings", deployed);
    this.operators = new Operators(this, "Operators", { ...deployed, published: this.settings }).policy;
    this.#outputAll();
  }

  /** The queues of an operation: `requests.queuesOf("CreateContact").live`. */
  queuesOf(operation: Operation): RequestQueues {
    const queues = this.#queues.get(operation);
    if (queues === undefined)
      throw new Error(`There is no operation ${operation}. There are ${OPERATIONS.join(", ")}.`);
    return queues;
  }

  /**
   * Lets somebody send requests for these operations: the queues of both lanes, the key, and the prefix of the payload
   * bucket where large requests go. A principal of another account needs the same rights from its own account too.
   */
  grantSend(grantee: IGrantable, operations: readonly Operation[] = OPERATIONS): Grant {
    return operations
      .map((operation) => this.queuesOf(operation).grantSend(grantee))
      .reduce((all, each) => all.combine(each), this.payloads.grantSend(grantee));
  }

  #serve(operation: Operation, settings: Settings, bundles: ContactRequestsProps["bundles"]): RequestQueues {
    const scope = new Construct(this, operation);
    const { key, payloads, state, events } = this;
    const { undeliverable } = events;
    const queues = new RequestQueues(scope, "Queues", { operation, settings, key, undeliverable });
    const bundle = bundleOf(functionFile(operation), bundles);
    this.#workers.push(
      new ContactWorker(scope, "Worker", { operation, settings, bundle, queues, payloads, state, events }),
    );
    events.feed(queues);
    return queues;
  }

  #letSend({ prefix, senders }: Settings): ManagedPolicy {
    const policy = new ManagedPolicy(this, "Senders", {
      // IAM knows no Regions: without it, the same deployment in a second one would find the name taken.
      managedPolicyName: `${prefix}-senders-${Stack.of(this).region}`,
      description: `May send contact requests to ${prefix}`,
    });
    this.payloads.acknowledgeSenders(policy);
    this.grantSend(policy);
    if (senders.length > 0) this.grantSend(new CompositePrincipal(...senders.map((arn) => new ArnPrincipal(arn))));
    return policy;
  }

  #outputAll(): void {
    for (const [operation, { live, backfill, deadLetters }] of this.#queues) {
      const byRole = { Live: live, Backfill: backfill, DeadLetter: deadLetters };
      for (const [role, queue] of Object.entries(byRole)) {
        this.#output(`${operation}${role}QueueUrl`, queue.queueUrl);
        this.#output(`${operation}${role}QueueName`, queue.queueName);
      }
    }
    this.#output("PayloadBucketName", this.payloads.bucket.bucketName);
    this.#output("StateTableName", this.state.table.tableName);
    this.#output("EventBusName", this.events.bus.eventBusName);
    this.#output("EventBusArn", this.events.bus.eventBusArn);
    this.#output("UndeliverableEventsQueueUrl", this.events.undeliverable.queueUrl);
    this.#output("SendersPolicyArn", this.senders.managedPolicyArn);
    this.#output("OperatorsPolicyArn", this.operators.managedPolicyArn);
    this.#output("SettingsParameterName", this.settings.parameter.parameterName);
    this.#output("BackfillStateMachineArn", this.backfills.stateMachine.stateMachineArn);
  }

  #output(name: string, value: string): void {
    new CfnOutput(this, name, { value }).overrideLogicalId(name);
  }
}

function checked(input: SettingsInput, stack: Stack): Settings {
  const settings = parseSettings(input);
  if (!settings.ok) throw SettingsError.of(settings.error);
  const [arn] = settings.value.connectInstanceArns;
  const instance = arn === undefined ? undefined : parseConnectInstanceArn(arn);
  if (instance !== undefined) refuseElsewhere(stack, instance);
  return settings.value;
}

/** A Connect instance answers in its own Region only, and lets in roles of its own account only. */
function refuseElsewhere(stack: Stack, { region, account }: ConnectInstance): void {
  if (!Token.isUnresolved(stack.region) && stack.region !== region) {
    throw new Error(
      `The stack is for ${stack.region}, and the Connect instance is in ${region}. Deploy to the instance's Region: its API answers nowhere else.`,
    );
  }
  if (!Token.isUnresolved(stack.account) && stack.account !== account) {
    throw new Error(
      `The stack is for the account ${stack.account}, and the Connect instance is in ${account}. Deploy to the instance's account: it lets no other in.`,
    );
  }
}
