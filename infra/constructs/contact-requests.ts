import { CfnOutput, RemovalPolicy, Stack, Token } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { type ConnectInstance, parseConnectInstanceArn } from "#shared/connect-instance.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { parseSettings, type Settings, type SettingsInput } from "#shared/settings.ts";
import { functionFile } from "../function-file.ts";
import { SettingsError } from "../settings-error.ts";
import { ContactWorker } from "./contact-worker.ts";
import { PayloadBucket } from "./payload-bucket.ts";
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
 * queue, a dead-letter queue and a worker, and one state table for all.
 *
 * Throws at synth if the settings are wrong, with what to type.
 */
export class ContactRequests extends Construct {
  readonly key: Key;
  readonly payloads: PayloadBucket;
  readonly state: StateTable;
  readonly queues: ReadonlyMap<Operation, RequestQueues>;

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
    this.queues = new Map(OPERATIONS.map((operation) => [operation, this.#serve(operation, settings, props.bundles)]));
    this.#output("PayloadBucketName", this.payloads.bucket.bucketName);
    this.#output("StateTableName", this.state.table.tableName);
  }

  #serve(operation: Operation, settings: Settings, bundles: ContactRequestsProps["bundles"]): RequestQueues {
    const scope = new Construct(this, operation);
    const queues = new RequestQueues(scope, "Queues", { operation, settings, key: this.key });
    const bundle = bundles[functionFile(operation)];
    if (bundle === undefined) throw new Error(`There is no bundle for ${functionFile(operation)}. Bundle it first.`);
    const { payloads, state } = this;
    new ContactWorker(scope, "Worker", { operation, settings, bundle, queues, payloads, state });
    this.#output(`${operation}LiveQueueUrl`, queues.live.queueUrl);
    this.#output(`${operation}BackfillQueueUrl`, queues.backfill.queueUrl);
    this.#output(`${operation}DeadLetterQueueUrl`, queues.deadLetters.queueUrl);
    return queues;
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
