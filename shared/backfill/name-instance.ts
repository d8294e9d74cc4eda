import { isObject } from "../contract/is-object.ts";

/**
 * The request with the instance in it that it means by naming none. Workers go by what is the deployment's first when a message
 * comes: two messages of one row, before and after that has changed, would be two requests, and two contacts.
 */
export function nameInstance(request: unknown, meantArn: string | undefined): unknown {
  if (!isObject(request)) return request;
  const { input } = request;
  if (!isObject(input) || input["InstanceId"] !== undefined) return request;
  return { ...request, input: { ...input, InstanceId: meantArn } };
}
