import * as z from "zod";

const rootSchema = z.object({ version: z.string(), license: z.string() });

/** The oldest version that was tried, and what is compatible with it. */
const SDK_RANGE = "^3.709.0";

/**
 * The package.json of the producer, from that of the repository. The AWS SDK is a peer, so that an application has it once
 * and in its own version; S3 only where large requests are sent.
 */
export function producerManifest(root: unknown): object {
  const { version, license } = rootSchema.parse(root);
  return {
    name: "contact-requests-producer",
    version,
    description:
      "Sends contact requests to the queues of a Contact Requests deployment, which turns each into one Amazon Connect contact.",
    license,
    keywords: ["amazon-connect", "sqs", "contact-center"],
    type: "module",
    sideEffects: false,
    exports: {
      ".": { types: "./types/producer/contact-request-producer.d.ts", default: "./index.js" },
      "./package.json": "./package.json",
    },
    types: "./types/producer/contact-request-producer.d.ts",
    files: ["index.js", "types", "THIRD-PARTY-LICENSES.txt"],
    engines: { node: ">=20" },
    peerDependencies: { "@aws-sdk/client-s3": SDK_RANGE, "@aws-sdk/client-sqs": SDK_RANGE },
    peerDependenciesMeta: { "@aws-sdk/client-s3": { optional: true } },
  };
}
