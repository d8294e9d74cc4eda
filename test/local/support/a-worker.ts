import { aRole } from "./a-role.ts";
import type { AssemblyContent } from "./an-assembly.ts";

export interface WorkerOverrides {
  readonly queue?: Readonly<Record<string, unknown>>;
  readonly lambda?: Readonly<Record<string, unknown>>;
  readonly mapping?: Readonly<Record<string, unknown>>;
  /** What the function may do. @default everything */
  readonly role?: object;
  /** File name of the handler. */
  readonly file?: string;
}

/** A queue named `work`, a function named `worker` whose code is given, and the mapping between them. */
export const aWorker = (
  code: string,
  { queue, lambda, mapping, role, file = "index.mjs" }: WorkerOverrides = {},
): AssemblyContent => ({
  bundles: { worker: { [file]: code } },
  Resources: {
    Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "work", VisibilityTimeout: 30, ...queue } },
    Role: role ?? aRole({ Action: "*", Resource: "*" }),
    Function: {
      Type: "AWS::Lambda::Function",
      Properties: {
        FunctionName: "worker",
        Code: { S3Bucket: { "Fn::Join": ["-", ["assets", { Ref: "AWS::AccountId" }]] }, S3Key: "worker.zip" },
        Handler: "index.handler",
        Runtime: "nodejs24.x",
        Role: { "Fn::GetAtt": ["Role", "Arn"] },
        Timeout: 5,
        ...lambda,
      },
    },
    Mapping: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: { "Fn::GetAtt": ["Queue", "Arn"] },
        FunctionName: { Ref: "Function" },
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ...mapping,
      },
    },
  },
});
