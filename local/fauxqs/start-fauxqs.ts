import type { RequestListener } from "node:http";
import { buildApp } from "fauxqs";
import { allowAstralCharacters } from "./allow-astral-characters.ts";
import { createFauxqsStores, type FauxqsStores } from "./fauxqs-stores.ts";
import { keepSystemAttributes } from "./keep-system-attributes.ts";
import { mendErrorCodes } from "./mend-error-codes.ts";
import { withholdUnaskedAttributes } from "./withhold-unasked-attributes.ts";

/** SQS, S3 and STS, in memory. */
export interface Fauxqs extends Pick<FauxqsStores, "sqsStore" | "s3Store"> {
  readonly handle: RequestListener;
  /** Answers waiting long polls at once; afterwards nothing is served. */
  stop(): Promise<void>;
}

/** fauxqs as a request listener: it opens no port of its own (its own start would listen on every interface). */
export async function startFauxqs(region: string): Promise<Fauxqs> {
  await allowAstralCharacters();
  const stores = await createFauxqsStores();
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  mendErrorCodes(app);
  withholdUnaskedAttributes(app);
  keepSystemAttributes(app, stores.sqsStore);
  await app.ready();
  return {
    sqsStore: stores.sqsStore,
    s3Store: stores.s3Store,
    handle: (request, response) => app.routing(request, response),
    stop: async () => app.close(),
  };
}
