/** The address that takes the place of the Connect emulator, if one is set, under the name that the AWS SDKs know. */
export function connectEndpoint(): string | undefined {
  const endpoint = process.env["AWS_ENDPOINT_URL_CONNECT"];
  return endpoint === "" ? undefined : endpoint;
}
