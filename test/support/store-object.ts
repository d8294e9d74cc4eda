import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";

/** The local S3 takes 11 MiB in one request. */
const PART_BYTES = 10 * 1_048_576;

export interface StoredObject {
  readonly Bucket: string;
  readonly Key: string;
}

/** Stores an object of any size, part by part. */
export async function storeObject(s3: S3Client, place: StoredObject, body: Buffer): Promise<void> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
  const Parts: CompletedPart[] = [];
  for (let first = 0; first < body.length || first === 0; first += PART_BYTES) {
    const PartNumber = Parts.length + 1;
    const Body = body.subarray(first, first + PART_BYTES);
    const { ETag } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }));
    Parts.push({ ETag, PartNumber });
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }));
}
