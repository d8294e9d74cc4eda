import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EventBridge } from "../event-bridge/event-bridge.ts";
import type { Fauxqs } from "../fauxqs/start-fauxqs.ts";
import type { Authorizer } from "../iam/authorizer.ts";
import type { Rights } from "../iam/rights.ts";
import type { LambdaFunction } from "../lambda/lambda-function.ts";
import type { RegisteredMapping } from "../lambda-api/registered-mapping.ts";
import type { ParameterStore } from "../ssm/parameter-store.ts";

/** The running parts that resources are made in, and found in by resources made later. */
export interface StackServices {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly dynamodb: DynamoDBClient;
  readonly fauxqs: Pick<Fauxqs, "sqsStore" | "snsStore" | "s3Store">;
  readonly eventBridge: Pick<EventBridge, "buses">;
  /** What the template says about who may do what. */
  readonly rights: Rights;
  /** Who decides by it. */
  readonly authorizer: Authorizer;
  /** What every function's environment is given to find its services: `AWS_ENDPOINT_URL` and the like. */
  readonly endpointVariables: Readonly<Record<string, string>>;
  /** How far the functions' clocks are ahead of the machine's, at this moment. */
  readonly clockOffsetMs: () => number;
  /** Object key in the bootstrap bucket → directory. */
  readonly assetDirectories: ReadonlyMap<string, string>;
  /** Where the code of functions is laid out, a directory each; emptied at the end. */
  readonly stagingDirectory: string;
  /** By ARN. */
  readonly functions: Map<string, LambdaFunction>;
  /** By UUID. */
  readonly mappings: Map<string, RegisteredMapping>;
  readonly parameters: ParameterStore;
  onFunctionLog(functionName: string, line: string): void;
}
