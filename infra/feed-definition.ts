import { JOB_FILES_PREFIX } from "#shared/contract/job-files.ts";

/** What the states call, and how much of it. */
export interface FeedDefinitionParts {
  /** `aws`, in most places. */
  readonly partition: string;
  readonly functionArn: string;
  readonly functionTimeoutSeconds: number;
  readonly bucketName: string;
  readonly maxConcurrency: number;
}

/** The name of the map's child executions in ARNs. */
export const MAP_LABEL = "ranges";

/** Thrown by the function where feeding the range again would end in the same way. */
const INVALID = "InvalidFeed";

/**
 * The state machine in Amazon States Language, with JSONata: `{"job": NAME}` in, one child execution for each range of
 * the job's file. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function feedDefinition(parts: FeedDefinitionParts): Readonly<Record<string, unknown>> {
  const { partition, bucketName, maxConcurrency } = parts;
  return {
    Comment: "Feeds the rows of a backfill to the queue of its operation, range by range of its file",
    QueryLanguage: "JSONata",
    StartAt: "FeedRanges",
    States: {
      FeedRanges: {
        Type: "Map",
        Label: MAP_LABEL,
        ItemReader: {
          Resource: `arn:${partition}:states:::s3:getObject`,
          ReaderConfig: { InputType: "JSON" },
          Arguments: { Bucket: bucketName, Key: ofJob("ranges.json") },
        },
        ItemSelector: {
          job: "{% $states.context.Execution.Input.job %}",
          start: "{% $states.context.Map.Item.Value.start %}",
          end: "{% $states.context.Map.Item.Value.end %}",
          firstLine: "{% $states.context.Map.Item.Value.firstLine %}",
          rows: "{% $states.context.Map.Item.Value.rows %}",
        },
        // The queues take far more than the quota lets through, and each range has a function at work.
        MaxConcurrency: maxConcurrency,
        // Of ten ranges or more, one that fails stops no other. More than a tenth is a fault of the deployment: the run fails, and can be
        // redriven when that is mended, with the ranges that failed and those that were not begun. What a run that ended
        // well has left out is known from the state table, and is fed when the job is started again.
        ToleratedFailurePercentage: 10,
        ItemProcessor: {
          // A standard execution may wait out an outage; an express one ends after five minutes.
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "FeedRange",
          States: { FeedRange: feedRange(parts) },
        },
        ResultWriter: {
          Resource: `arn:${partition}:states:::s3:putObject`,
          Arguments: { Bucket: bucketName, Prefix: ofJob("results") },
        },
        End: true,
      },
    },
  };
}

const ofJob = (name: string): string =>
  `{% '${JOB_FILES_PREFIX}' & $states.context.Execution.Input.job & '/${name}' %}`;

const feedRange = ({ partition, functionArn, functionTimeoutSeconds }: FeedDefinitionParts) => ({
  Type: "Task",
  Resource: `arn:${partition}:states:::lambda:invoke`,
  Arguments: { FunctionName: functionArn, Payload: "{% $states.input %}" },
  Output: "{% $states.result.Payload %}",
  // An invocation whose answer was lost would otherwise hold its place for a year.
  TimeoutSeconds: functionTimeoutSeconds + 30,
  Retry: [
    { ErrorEquals: [INVALID], MaxAttempts: 0 },
    // Lambda's own exceptions, throttles, timeouts, and queues that cannot be reached: a quarter of an hour in all. A range
    // that is fed again sends messages that the ledger answers.
    {
      ErrorEquals: ["States.ALL"],
      IntervalSeconds: 5,
      BackoffRate: 2,
      MaxDelaySeconds: 300,
      MaxAttempts: 8,
      JitterStrategy: "FULL",
    },
  ],
  End: true,
});
