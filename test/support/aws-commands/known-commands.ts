/** How the CLI reads the words behind an option. */
export type OptionKind = "text" | "integer" | "texts" | "structure" | "file";

export interface KnownOption {
  /** Its name in the API. */
  readonly member: string;
  readonly kind: OptionKind;
}

export interface KnownCommand {
  /** The name in the signature. */
  readonly service: "sqs" | "events" | "sns" | "s3";
  /** The operation's name in the API. */
  readonly action: string;
  readonly options: Readonly<Record<string, KnownOption>>;
}

const text = (member: string): KnownOption => ({ member, kind: "text" });
const integer = (member: string): KnownOption => ({ member, kind: "integer" });
const texts = (member: string): KnownOption => ({ member, kind: "texts" });
const structure = (member: string): KnownOption => ({ member, kind: "structure" });

/** What the translator can translate, by the two words behind `aws`; all else is an error. */
export const KNOWN_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  "sqs get-queue-url": {
    service: "sqs",
    action: "GetQueueUrl",
    options: { "--queue-name": text("QueueName") },
  },
  "sqs create-queue": {
    service: "sqs",
    action: "CreateQueue",
    options: { "--queue-name": text("QueueName"), "--attributes": structure("Attributes") },
  },
  "sqs get-queue-attributes": {
    service: "sqs",
    action: "GetQueueAttributes",
    options: { "--queue-url": text("QueueUrl"), "--attribute-names": texts("AttributeNames") },
  },
  "sqs set-queue-attributes": {
    service: "sqs",
    action: "SetQueueAttributes",
    options: { "--queue-url": text("QueueUrl"), "--attributes": structure("Attributes") },
  },
  "sqs send-message": {
    service: "sqs",
    action: "SendMessage",
    options: {
      "--queue-url": text("QueueUrl"),
      "--message-body": text("MessageBody"),
      "--message-attributes": structure("MessageAttributes"),
      "--message-group-id": text("MessageGroupId"),
    },
  },
  "sqs receive-message": {
    service: "sqs",
    action: "ReceiveMessage",
    options: {
      "--queue-url": text("QueueUrl"),
      "--message-attribute-names": texts("MessageAttributeNames"),
      "--max-number-of-messages": integer("MaxNumberOfMessages"),
      "--wait-time-seconds": integer("WaitTimeSeconds"),
    },
  },
  "events put-events": {
    service: "events",
    action: "PutEvents",
    options: { "--entries": structure("Entries") },
  },
  "events put-rule": {
    service: "events",
    action: "PutRule",
    options: {
      "--name": text("Name"),
      "--event-pattern": text("EventPattern"),
      "--event-bus-name": text("EventBusName"),
    },
  },
  "events put-targets": {
    service: "events",
    action: "PutTargets",
    options: {
      "--rule": text("Rule"),
      "--event-bus-name": text("EventBusName"),
      "--targets": structure("Targets"),
    },
  },
  "sns create-topic": { service: "sns", action: "CreateTopic", options: { "--name": text("Name") } },
  "sns subscribe": {
    service: "sns",
    action: "Subscribe",
    options: {
      "--topic-arn": text("TopicArn"),
      "--protocol": text("Protocol"),
      "--attributes": structure("Attributes"),
      "--notification-endpoint": text("Endpoint"),
    },
  },
  "sns publish": {
    service: "sns",
    action: "Publish",
    options: {
      "--topic-arn": text("TopicArn"),
      "--message": text("Message"),
      "--message-group-id": text("MessageGroupId"),
    },
  },
  "s3api create-bucket": { service: "s3", action: "CreateBucket", options: { "--bucket": text("Bucket") } },
  "s3api list-buckets": { service: "s3", action: "ListBuckets", options: {} },
  "s3api put-object": {
    service: "s3",
    action: "PutObject",
    options: {
      "--bucket": text("Bucket"),
      "--key": text("Key"),
      "--body": { member: "Body", kind: "file" },
      "--content-type": text("ContentType"),
    },
  },
};
