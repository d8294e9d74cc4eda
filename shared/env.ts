/** The environment variables of the functions, as infra sets them and the wiring reads them. */
export const ENV = {
  /** JSON: the ARNs of the Connect instances that are served; the first is the default. */
  connectInstanceArns: "CONNECT_INSTANCE_ARNS",
  /** JSON: the URLs of the queues that the function is fed from. */
  sourceQueueUrls: "SOURCE_QUEUE_URLS",
  deadLetterQueueUrl: "DEAD_LETTER_QUEUE_URL",
  payloadBucketName: "PAYLOAD_BUCKET_NAME",
  stateTableName: "STATE_TABLE_NAME",
  /** The bus on which outcomes are told. */
  eventBusName: "EVENT_BUS_NAME",
  /** JSON: the names of the buckets from which attachments may come. */
  attachmentBuckets: "ATTACHMENT_BUCKETS",
  /** JSON: the settings of this worker, as workerSettings in shared/settings.ts computes them. */
  workerSettings: "WORKER_SETTINGS",
} as const;
