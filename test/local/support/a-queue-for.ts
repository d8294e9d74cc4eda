/** A queue and a policy that lets an AWS service send there, for one rule or topic, or for all of them. */
export const aQueueFor = (service: "events" | "sns", QueueName: string, sourceArn: unknown = "*") => ({
  [`${QueueName}Queue`]: { Type: "AWS::SQS::Queue", Properties: { QueueName } },
  [`${QueueName}Policy`]: {
    Type: "AWS::SQS::QueuePolicy",
    Properties: {
      Queues: [{ Ref: `${QueueName}Queue` }],
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: `${service}.amazonaws.com` },
            Action: "sqs:SendMessage",
            Resource: { "Fn::GetAtt": [`${QueueName}Queue`, "Arn"] },
            Condition: { ArnLike: { "aws:SourceArn": sourceArn } },
          },
        ],
      },
    },
  },
});
