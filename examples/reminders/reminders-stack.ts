import { Duration, Stack, type StackProps, TimeZone } from "aws-cdk-lib";
import { Match, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { ContactRequestScheduleTarget } from "#infra/constructs/contact-request-schedule-target.ts";
import { ContactRequestTarget } from "#infra/constructs/contact-request-target.ts";
import { ContactRequests, type ContactRequestsProps } from "#infra/constructs/contact-requests.ts";

export interface RemindersStackProps extends StackProps {
  readonly contactRequests: ContactRequestsProps;
}

/** What a shop may build around ContactRequests: three ways in, and one out. */
export class RemindersStack extends Stack {
  constructor(scope: Construct, id: string, props: RemindersStackProps) {
    super(scope, id, props);
    const requests = new ContactRequests(this, "ContactRequests", props.contactRequests);
    this.#remind(requests);
    this.#reviewEveryMonday(requests);
    this.#takeFromTopic(requests);
    this.#learnOutcomes(requests);
  }

  /**
   * The shop's own event, on its own bus (the default one), carries the request that is to be made of it. The path takes it
   * out as JSON, whatever the customer is called: a text that is put together from fields would break at the first quote.
   */
  #remind(requests: ContactRequests): void {
    new Rule(this, "Reminders", {
      eventPattern: {
        source: ["shop.orders"],
        detailType: ["Reminder Due"],
        detail: { contactRequest: { operation: ["StartOutboundChatContact"] } },
      },
      targets: [
        new ContactRequestTarget(requests.queuesOf("StartOutboundChatContact"), {
          message: RuleTargetInput.fromEventPath("$.detail.contactRequest"),
        }),
      ],
    });
  }

  /** One task each Monday, however often EventBridge fires the schedule for it. */
  #reviewEveryMonday(requests: ContactRequests): void {
    new Schedule(this, "MondayReview", {
      description: "A task for whoever looks at last week's reminders",
      schedule: ScheduleExpression.cron({
        weekDay: "MON",
        hour: "8",
        minute: "0",
        timeZone: TimeZone.EUROPE_BERLIN,
      }),
      target: new ContactRequestScheduleTarget(requests.queuesOf("CreateContact"), {
        requestIdPrefix: "shop/monday-review",
        source: "shop.reviews",
        input: {
          Channel: "TASK",
          InitiationMethod: "API",
          Name: "Look at last week's reminders",
          References: { dashboard: { Type: "URL", Value: "https://shop.example.com/reminders" } },
        },
      }),
    });
  }

  /** A program of the shop that knows only SNS publishes requests as they are. */
  #takeFromTopic(requests: ContactRequests): void {
    const topic = new Topic(this, "CallBacks", { enforceSSL: true });
    topic.addSubscription(
      new SqsSubscription(requests.queuesOf("CreateContact").live, {
        rawMessageDelivery: true,
        deadLetterQueue: requests.events.undeliverable,
      }),
    );
  }

  /**
   * What came of each request, for the shop's own order system, each the detail of an outcome event: one with a `contactId` was
   * started, one with a `failure` has become a dead letter. The source of the event is the workers'; that of the detail is the
   * request's, and null where a message could not be read, which the shop wants to know of too.
   *
   * Events come at least once. A `Contact Started` about an instanceId, operation and requestId of which a `Contact Started` is
   * known already is a repeat. A `Contact Request Failed` does not count: a start may follow it.
   */
  #learnOutcomes(requests: ContactRequests): void {
    const outcomes = new Queue(this, "ContactOutcomes", { enforceSSL: true, retentionPeriod: Duration.days(14) });
    new Rule(this, "ContactsStartedOrFailed", {
      eventBus: requests.events.bus,
      eventPattern: {
        source: ["contact-requests"],
        detailType: ["Contact Started", "Contact Request Failed"],
        detail: { source: Match.anyOf(Match.prefix("shop."), Match.nullValue()) },
      },
      targets: [
        new SqsQueue(outcomes, {
          message: RuleTargetInput.fromEventPath("$.detail"),
          deadLetterQueue: requests.events.undeliverable,
        }),
      ],
    });
  }
}
