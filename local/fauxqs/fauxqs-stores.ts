import type { BuildAppOptions } from "fauxqs";
import * as z from "zod";
import { fauxqsModule } from "./fauxqs-module.ts";

/** The memory of fauxqs. Holding it ourselves lets the stack give each queue its own URL and ARN. */
export type FauxqsStores = NonNullable<BuildAppOptions["stores"]>;

export async function createFauxqsStores(): Promise<FauxqsStores> {
  const { SqsStore } = sqsModule.parse(await fauxqsModule("./sqs/sqsStore.js"));
  const { SnsStore } = snsModule.parse(await fauxqsModule("./sns/snsStore.js"));
  const { S3Store } = s3Module.parse(await fauxqsModule("./s3/s3Store.js"));
  const sqsStore = new SqsStore();
  // Without a host of its own, fauxqs builds the URL of a queue made by a client from the address which that client used.
  sqsStore.host = "";
  // fauxqs looks for queues under its own account and the Region of the request. There is one stack here, so a client with
  // any Region in its settings means that.
  const findByArn = sqsStore.getQueueByArn.bind(sqsStore);
  sqsStore.getQueueByArn = (arn) => findByArn(arn) ?? sqsStore.getQueueByName(arn.slice(arn.lastIndexOf(":") + 1));
  return { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() };
}

type Class<Instance> = new () => Instance;
const isClass = (value: unknown): boolean => typeof value === "function";
const sqsModule = z.looseObject({ SqsStore: z.custom<Class<FauxqsStores["sqsStore"]>>(isClass) });
const snsModule = z.looseObject({ SnsStore: z.custom<Class<FauxqsStores["snsStore"]>>(isClass) });
const s3Module = z.looseObject({ S3Store: z.custom<Class<FauxqsStores["s3Store"]>>(isClass) });
