import type * as z from "zod";
import type { Call } from "../call.ts";

/** The body as the shape says, or undefined if it is something else. */
export function jsonBody<Shape extends z.ZodType>({ body }: Call, shape: Shape): z.output<Shape> | undefined {
  try {
    return shape.safeParse(JSON.parse(body.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
