// The arrows between the folders, held by `npm run check:arrows`. docs/architecture.md draws them.
const PURE = "^shared/(backfill|contract|envelopes|failures|ledger|outcomes|rate-limiter|worker|[^/]+\\.ts$)";

/** @param {string} from @param {string} allowed */
const onlyTo = (from, allowed) => ({
  name: `${from}-imports-only`,
  severity: "error",
  from: { path: `^${from}/` },
  to: {
    path: "^(infra|functions|shared|producer|cli|local|bench|build|schemas|examples|test)/",
    pathNot: `^(${from}/|${allowed})`,
  },
});

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "nothing-imports-test", severity: "error", from: { pathNot: "^test/" }, to: { path: "^test/" } },
    // aws-lambda is a package of types alone: there is nothing to resolve.
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^aws-lambda$" } },
    onlyTo("functions", "shared/|producer/"),
    onlyTo("infra", "shared/(settings|env|connect-instance|contract/)"),
    // What upstreams install: the contract, and nothing of how a deployment works.
    onlyTo("producer", "shared/(contract/|envelopes/payload-pointer|failures/backoff|result)"),
    onlyTo("build", "producer/|shared/contract/"),
    onlyTo("schemas", "shared/"),
    onlyTo("examples", "infra/|shared/contract"),
    onlyTo("cli", "shared/|producer/|local/"),
    onlyTo("local", "shared/settings"),
    onlyTo("bench", "shared/|local/"),
    onlyTo("shared", "shared/"),
    {
      name: "the-core-knows-no-adapter",
      comment: "Adapters depend on the ports of the core, never the other way round.",
      severity: "error",
      from: { path: "^shared/", pathNot: "^shared/aws/" },
      to: { path: "^shared/aws/" },
    },
    {
      name: "the-rules-know-no-use-case",
      comment: "Pure rules are used by the worker and do not use it.",
      severity: "error",
      from: { path: "^shared/(contract|envelopes|failures|ledger|outcomes|rate-limiter)/" },
      to: { path: "^shared/worker/" },
    },
    {
      name: "pure-folders-stay-pure",
      comment: "AWS, Lambda plumbing and the file system live at the rim; time and randomness come in through ports.",
      severity: "error",
      from: { path: PURE },
      to: {
        path: "node_modules/(@aws-sdk|@smithy|@middy|@aws-lambda-powertools|aws-cdk-lib)|^(fs|http|https|net|child_process|timers)",
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdk\\.out|dist)/" },
    parser: "swc",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js", ".json"],
    },
  },
};
