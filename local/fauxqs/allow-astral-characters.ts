import * as z from "zod";
import { fauxqsModule } from "./fauxqs-module.ts";

/**
 * SQS takes every character of XML 1.0, #x10000 to #x10FFFF among them; fauxqs 2.4.1 refuses those (emoji, some Chinese
 * names), since its expression stops at the end of the basic plane. Compiling the expression anew, in place, mends every
 * use of it. Fixed upstream in 2.9.1: with that version this file can go.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export async function allowAstralCharacters(): Promise<void> {
  const { INVALID_MESSAGE_BODY_CHAR: expression } = sqsTypes.parse(await fauxqsModule("./sqs/sqsTypes.js"));
  expression.compile("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]", "u");
}

const sqsTypes = z.looseObject({ INVALID_MESSAGE_BODY_CHAR: z.instanceof(RegExp) });
