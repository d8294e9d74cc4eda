import type { Call } from "../call.ts";
import type { CallPlace } from "../call-place.ts";
import { access, unknown, type Wanted, wants } from "../wanted.ts";

/** Members of a query that sign, page or shape the answer, and change nothing about what is asked for. */
const OF_NO_MATTER =
  /^(?:x-amz-.*|x-id|awsaccesskeyid|signature|expires|response-.*|list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|marker|partnumber)$/i;

/** By method and what is left of the query. */
const ON_A_BUCKET: ReadonlyMap<string, string> = new Map([
  ["GET", "s3:ListBucket"],
  ["HEAD", "s3:ListBucket"],
  ["PUT", "s3:CreateBucket"],
  ["DELETE", "s3:DeleteBucket"],
  ["GET location", "s3:GetBucketLocation"],
  ["GET uploads", "s3:ListBucketMultipartUploads"],
]);

const ON_AN_OBJECT: ReadonlyMap<string, string> = new Map([
  ["GET", "s3:GetObject"],
  ["HEAD", "s3:GetObject"],
  ["PUT", "s3:PutObject"],
  ["DELETE", "s3:DeleteObject"],
  ["GET tagging", "s3:GetObjectTagging"],
  ["PUT tagging", "s3:PutObjectTagging"],
  ["DELETE tagging", "s3:DeleteObjectTagging"],
  ["GET versionId", "s3:GetObjectVersion"],
  ["HEAD versionId", "s3:GetObjectVersion"],
  ["DELETE versionId", "s3:DeleteObjectVersion"],
  ["POST uploads", "s3:PutObject"],
  ["PUT uploadId", "s3:PutObject"],
  ["POST uploadId", "s3:PutObject"],
  ["GET uploadId", "s3:ListMultipartUploadParts"],
  ["DELETE uploadId", "s3:AbortMultipartUpload"],
]);

/** Headers that ask for something besides. Copies need rights on their source too, and are not known here. */
const BESIDES: ReadonlyMap<string, string> = new Map([
  ["x-amz-tagging", "s3:PutObjectTagging"],
  ["x-amz-acl", "s3:PutObjectAcl"],
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
export function wantedOfS3(call: Call, place: CallPlace): Wanted {
  const [bucket, key] = bucketAndKey(call);
  const asked = [call.method, ...[...call.query.keys()].filter((name) => !OF_NO_MATTER.test(name))].join(" ");
  if (bucket === "" && asked === "GET") return wants(access("s3:ListAllMyBuckets", "*"));
  const action = bucket === "" ? undefined : (key === "" ? ON_A_BUCKET : ON_AN_OBJECT).get(asked);
  if (action === undefined || call.header("x-amz-copy-source") !== undefined) {
    return unknown(`The local runner does not know which rights ${asked} ${call.path} takes in S3.`);
  }

  const context = { "s3:prefix": call.query.get("prefix") ?? undefined, "s3:TlsVersion": "1.3" };
  const list = access("s3:ListBucket", `arn:aws:s3:::${bucket}`, context);
  if (key === "") return wants({ ...list, action });
  const object = `arn:aws:s3:::${bucket}/${key}`;
  const besides = [...BESIDES].filter(([header]) => call.header(header) !== undefined);
  const accesses = [action, ...besides.map(([, more]) => more)].map((each) => access(each, object, context));
  // Whether an object is there is told only to those who may list the bucket: the others are refused.
  const missing = action === "s3:GetObject" && !place.objectExists(bucket, key);
  return wants(...accesses, ...(missing ? [list] : []));
}

/** The bucket is in the path, or before the endpoint's name in the Host header. */
function bucketAndKey({ path, header }: Call): [string, string] {
  const parts = path.slice(1);
  const host = (header("host") ?? "").split(":")[0] ?? "";
  const before = /^\d+(?:\.\d+){3}$/.test(host) || !host.includes(".") ? "" : host.slice(0, host.indexOf("."));
  if (before !== "") return [before, decoded(parts)];
  const slash = parts.indexOf("/");
  return slash === -1 ? [parts, ""] : [parts.slice(0, slash), decoded(parts.slice(slash + 1))];
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
