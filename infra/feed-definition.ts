import { jobFiles } from "#shared/contract/job-files.ts";

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

/** Thrown by the function where calling it again would end in the same way. */
const FINAL = ["InvalidFeed", "JobNotFed"];

/** The start that an execution is for: its input. */
const JOB = "$states.context.Execution.Input.job";
const START_ID = "$states.context.Execution.Input.startId";
const START = { job: `{% ${JOB} %}`, startId: `{% ${START_ID} %}` };

/**
 * The state machine in Amazon States Language, with JSONata: `{"job": NAME, "startId": ID}` in, one child execution for each
 * range of the file of that start, and a look at what is left when all of them have ended.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
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
          Arguments: { Bucket: bucketName, Key: ofStart(FILES.ranges) },
        },
        ItemSelector: {
          step: "range",
          ...START,
          start: "{% $states.context.Map.Item.Value.start %}",
          end: "{% $states.context.Map.Item.Value.end %}",
          firstLine: "{% $states.context.Map.Item.Value.firstLine %}",
          rows: "{% $states.context.Map.Item.Value.rows %}",
        },
        // The queues take far more than the quota lets through, and each range has a function at work.
        MaxConcurrency: maxConcurrency,
        // A range that fails stops no other. What is left is known from the state table, and is fed by the next run; a redrive
        // would not do it, since this state has ended well.
        // https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
        ToleratedFailurePercentage: 100,
        ItemProcessor: {
          // A standard execution may wait out an outage; an express one ends after five minutes.
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "FeedRange",
          States: { FeedRange: { ...feedTask(parts, "{% $states.input %}"), End: true } },
        },
        ResultWriter: {
          Resource: `arn:${partition}:states:::s3:putObject`,
          Arguments: { Bucket: bucketName, Prefix: ofStart(FILES.results) },
        },
        Next: "EndRun",
      },
      // Marks the job as fed, or fails, and the execution with it: that is what alarms are about.
      EndRun: { ...feedTask(parts, { step: "end", ...START }), End: true },
    },
  };
}

/** The keys of a start's files, with `~` for what the input says. */
const FILES = jobFiles({ job: "~", startId: "~" });

/** A key as an expression: `'backfills/' & JOB & '/' & ID & '/ranges.json'`. */
function ofStart(key: string): string {
  const [before, between, behind] = key.split("~");
  return `{% '${before}' & ${JOB} & '${between}' & ${START_ID} & '${behind}' %}`;
}

const feedTask = (
  { partition, functionArn, functionTimeoutSeconds }: FeedDefinitionParts,
  payload: string | Readonly<Record<string, string>>,
) => ({
  Type: "Task",
  Resource: `arn:${partition}:states:::lambda:invoke`,
  Arguments: { FunctionName: functionArn, Payload: payload },
  Output: "{% $states.result.Payload %}",
  // An invocation whose answer was lost would otherwise hold its place for a year.
  TimeoutSeconds: functionTimeoutSeconds + 30,
  Retry: [
    { ErrorEquals: FINAL, MaxAttempts: 0 },
    // Lambda's own exceptions, throttles, timeouts, and queues that cannot be reached: eight more tries, with pauses of a quarter of
    // an hour in all at the most. A range that is fed again sends messages that the ledger answers.
    {
      ErrorEquals: ["States.ALL"],
      IntervalSeconds: 5,
      BackoffRate: 2,
      MaxDelaySeconds: 300,
      MaxAttempts: 8,
      JitterStrategy: "FULL",
    },
  ],
});
