import { countCharacters } from "../count-characters.ts";
import { rule } from "../rule.ts";
import { text } from "./text.ts";

const MAX_ID = 100;
const anyForm = text({ min: 1, max: 256 });
const ARN = /^arn:[a-z0-9-]{1,32}:connect:[a-z0-9-]{1,32}:[0-9]{12}:instance\/[^\s:/]{1,100}$/u;

/**
 * A Connect instance: its id, as the model has it, or its ARN, which is what people copy from the console. The id is the
 * last part of the ARN.
 */
export const instanceId = anyForm.check(
  rule(anyForm, (value, refuse) => {
    const isArn = value.startsWith("arn:");
    if (isArn && !ARN.test(value)) {
      refuse([], "pattern", "must be the ARN of a Connect instance: arn:PARTITION:connect:REGION:ACCOUNT:instance/ID");
    }
    if (!isArn && countCharacters(value) > MAX_ID) {
      refuse([], "too-long", `must be at most ${MAX_ID} characters long, unless it is an ARN`);
    }
  }),
);
