import { text } from "./text.ts";

export const contactFlowId = text({ max: 500 });
