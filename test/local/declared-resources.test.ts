import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";

const ref = (logicalId: string) => ({ Ref: logicalId });
const getAtt = (...path: string[]) => ({ "Fn::GetAtt": path });
const output = (Value: unknown) => ({ Value });

test("resources without an effect on one machine are accepted, and can be referred to", async () => {
  const { system } = await aLocalSystem({
    Resources: {
      Key: {
        Type: "AWS::KMS::Key",
        Properties: { KeyPolicy: { Statement: [] }, EnableKeyRotation: true },
        DeletionPolicy: "Retain",
      },
      Alias: { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/a", TargetKeyId: getAtt("Key", "Arn") } },
      Role: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: { Statement: [] } } },
      Policy: {
        Type: "AWS::IAM::Policy",
        Properties: { PolicyName: "p", PolicyDocument: { Statement: [] }, Roles: [ref("Role")] },
      },
      Managed: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: { PolicyDocument: { Statement: [] }, ManagedPolicyName: "m" },
      },
      Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/l", RetentionInDays: 7 } },
      Topic: { Type: "AWS::SNS::Topic", Properties: { TopicName: "t" } },
      TopicPolicy: {
        Type: "AWS::SNS::TopicPolicy",
        Properties: { Topics: [ref("Topic")], PolicyDocument: { Statement: [] } },
      },
      Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: { AlarmActions: [ref("Topic")], EvaluationPeriods: 1 } },
      Dashboard: { Type: "AWS::CloudWatch::Dashboard", Properties: { DashboardBody: "{}" } },
      Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "payloads" } },
      BucketPolicy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: { Bucket: ref("Bucket"), PolicyDocument: { Statement: [] } },
      },
      Queue: { Type: "AWS::SQS::Queue", Properties: { KmsMasterKeyId: getAtt("Key", "Arn") } },
      QueuePolicy: {
        Type: "AWS::SQS::QueuePolicy",
        Properties: { Queues: [ref("Queue")], PolicyDocument: { Statement: [] } },
      },
      CDKMetadata: { Type: "AWS::CDK::Metadata", Properties: { Analytics: "x" }, Condition: "Never" },
    },
    Conditions: { Never: { "Fn::Equals": [ref("AWS::Region"), "nowhere"] } },
    Parameters: {
      BootstrapVersion: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/cdk-bootstrap/x/version" },
    },
    Outputs: {
      Topic: output(ref("Topic")),
      Logs: output(ref("Logs")),
      LogsArn: output(getAtt("Logs", "Arn")),
      Managed: output(ref("Managed")),
      Alias: output(ref("Alias")),
      BucketArn: output(getAtt("Bucket", "Arn")),
      RoleArn: output(getAtt("Role", "Arn")),
      LeftOut: { Value: ref("CDKMetadata"), Condition: "Never" },
    },
  });
  expect(system.outputs).toEqual({
    Topic: "arn:aws:sns:us-east-1:000000000000:t",
    Logs: "/l",
    LogsArn: "arn:aws:logs:us-east-1:000000000000:log-group:/l:*",
    Managed: "arn:aws:iam::000000000000:policy/m",
    Alias: "alias/a",
    BucketArn: "arn:aws:s3:::payloads",
    RoleArn: expect.stringMatching(/^arn:aws:iam::000000000000:role\/Test-Role-[0-9A-F]{12}$/),
  });
});
