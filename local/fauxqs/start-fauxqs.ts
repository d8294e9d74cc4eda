import type { RequestListener } from "node:http";
import { buildApp } from "fauxqs";
import { allowAstralCharacters } from "./allow-astral-characters.ts";
import { allowLargeObjects } from "./allow-large-objects.ts";
import type { FauxqsStores } from "./fauxqs-stores.ts";
import { keepSystemAttributes } from "./keep-system-attributes.ts";
import { mendErrorCodes } from "./mend-error-codes.ts";
import { withholdUnaskedAttributes } from "./withhold-unasked-attributes.ts";

/** SQS, SNS, S3 and STS, in memory. */
export interface Fauxqs extends FauxqsStores {
  readonly handle: RequestListener;
  /** Answers waiting long polls at once; afterwards nothing is served. */
  stop(): Promise<void>;
}

/** fauxqs as a request listener: it opens no port of its own (its own start would listen on every interface). */
export async function startFauxqs(
  region: string,
  stores: FauxqsStores,
  extend: (app: ReturnType<typeof buildApp>) => void,
): Promise<Fauxqs> {
  await allowAstralCharacters();
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  allowLargeObjects(app);
  mendErrorCodes(app);
  withholdUnaskedAttributes(app);
  keepSystemAttributes(app, stores.sqsStore);
  extend(app);
  await app.ready();
  return {
    ...stores,
    handle: (request, response) => app.routing(request, response),
    stop: async () => app.close(),
  };
}
