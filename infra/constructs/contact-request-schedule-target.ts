import { Duration, Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ContextAttribute,
  type ISchedule,
  type IScheduleTarget,
  type ScheduleTargetConfig,
  ScheduleTargetInput,
} from "aws-cdk-lib/aws-scheduler";
import type { Lane } from "#shared/contract/queue-name.ts";
import { refuseRequest } from "../refuse-request.ts";
import type { RequestQueues } from "./request-queues.ts";

export interface ContactRequestScheduleTargetProps {
  /**
   * Begins the requestId of each request, unique over all upstreams; the moment for which the request was scheduled
   * follows: `reports/weekly` becomes `reports/weekly/2026-11-23T08:00:00Z`.
   */
  readonly requestIdPrefix: string;

  /**
   * The request of the Amazon Connect API, with the API's own member names. It is checked at synth, unless it holds
   * values that are known at deployment only.
   */
  readonly input: Readonly<Record<string, unknown>>;

  /**
   * Who asks. It is the message's group too, for fairness between upstreams.
   *
   * @default none
   */
  readonly source?: string;

  /**
   * The queue that the requests go to.
   *
   * @default "live"
   */
  readonly lane?: Lane;
}

/**
 * Feeds a queue of contact requests from a schedule of EventBridge Scheduler, in the account of the queue: the same request
 * each time, under a requestId of its own. EventBridge fires a schedule at least once; the moment for which it was
 * scheduled is the same each time it tries, so that one contact comes of it. (Its execution id would be another.)
 * What cannot be delivered within a day waits in the deployment's queue for undeliverable events.
 *
 * Throws at synth if the request is not one that the operation takes.
 *
 * @example
 * new Schedule(this, "WeeklyReview", {
 *   schedule: ScheduleExpression.cron({ weekDay: "MON", hour: "8", minute: "0" }),
 *   target: new ContactRequestScheduleTarget(requests.queuesOf("CreateContact"), {
 *     requestIdPrefix: "reports/weekly",
 *     input: { Channel: "TASK", InitiationMethod: "API", Name: "Review last week" },
 *   }),
 * });
 */
export class ContactRequestScheduleTarget implements IScheduleTarget {
  readonly #queues: RequestQueues;
  readonly #props: ContactRequestScheduleTargetProps;

  constructor(queues: RequestQueues, props: ContactRequestScheduleTargetProps) {
    this.#queues = queues;
    this.#props = props;
  }

  bind(schedule: ISchedule): ScheduleTargetConfig {
    const { lane = "live", requestIdPrefix, input, source } = this.#props;
    const { operation, [lane]: queue, undeliverable } = this.#queues;
    const requestAt = (moment: string) => ({
      requestId: `${requestIdPrefix}/${moment}`,
      operation,
      input,
      ...(source === undefined ? {} : { source }),
    });
    refuseRequest(requestAt("2026-11-23T08:00:00Z"), schedule.node.path);
    const role = roleOf(schedule);
    this.#queues.grantDeliver(role, lane);
    return {
      arn: queue.queueArn,
      role,
      ...(source === undefined ? {} : { sqsParameters: { messageGroupId: source } }),
      input: ScheduleTargetInput.fromObject(requestAt(ContextAttribute.scheduledTime)),
      retryPolicy: { maximumEventAgeInSeconds: Duration.days(1).toSeconds(), maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: undeliverable.queueArn },
    };
  }
}

/**
 * A role for this schedule alone. The group is as near as a role can say who may take it.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
function roleOf(schedule: ISchedule): Role {
  const stack = Stack.of(schedule);
  const group = { service: "scheduler", resource: "schedule-group", resourceName: "default" };
  return new Role(schedule, "SendsContactRequests", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: {
        StringEquals: {
          "aws:SourceAccount": stack.account,
          "aws:SourceArn": schedule.scheduleGroup?.scheduleGroupArn ?? stack.formatArn(group),
        },
      },
    }),
  });
}
