import type { IncomingMessage, RequestListener } from "node:http";
import { credentialOf } from "../endpoint/credential-of.ts";
import { readAhead } from "../endpoint/read-ahead.ts";
import { refuseRequest } from "../endpoint/refuse-request.ts";
import { answerDenial } from "./answer-denial.ts";
import type { Authorizer } from "./authorizer.ts";
import type { Call } from "./call.ts";

/** Larger than anything that a service behind the endpoint takes. */
const LONGEST_BODY_BYTES = 64 * 1024 * 1024;

/** The service, as it is for those who may ask for what they ask for. Administrators are passed on unread. */
export const guardService =
  (service: string, listener: RequestListener, authorizer: Authorizer): RequestListener =>
  (request, response) => {
    const session = authorizer.sessionOf(credentialOf(request)?.accessKeyId ?? "");
    if (session === undefined) return listener(request, response);

    const judge = (body: Buffer): void => {
      const denial = authorizer.refuseCall(session, service, asCall(request, body));
      if (denial === undefined) listener(request, response);
      else answerDenial({ request, response, service }, denial);
    };
    // What S3 is asked for stands in the request line and the headers.
    if (service === "s3") return judge(Buffer.alloc(0));
    return readAhead(request, LONGEST_BODY_BYTES, {
      complete: judge,
      tooLarge: () =>
        refuseRequest(request, response, {
          status: 413,
          code: "RequestEntityTooLarge",
          message: `The local endpoint takes requests of at most ${LONGEST_BODY_BYTES} bytes.`,
        }),
    });
  };

function asCall(request: IncomingMessage, body: Buffer): Call {
  const [path = "/", query] = (request.url ?? "/").split("?", 2);
  return {
    method: request.method ?? "",
    path,
    query: new URLSearchParams(query),
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body,
  };
}
