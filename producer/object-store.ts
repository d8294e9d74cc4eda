/** An S3Client of `@aws-sdk/client-s3`, as far as it is needed: whoever offloads nothing need not install that package. */
export interface ObjectStore {
  send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
}
