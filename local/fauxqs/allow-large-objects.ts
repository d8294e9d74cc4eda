import type { buildApp } from "fauxqs";

/** Less than the 5 GiB of S3, since objects are kept in memory here. */
const MOST_BYTES = 1_073_741_824;

/** fauxqs takes 11 MiB, and tells nobody why it refuses more: the file of a backfill is soon larger. */
export function allowLargeObjects(app: ReturnType<typeof buildApp>): void {
  app.removeContentTypeParser("*");
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_BYTES }, (_request, body, done) => {
    done(null, body);
  });
}
