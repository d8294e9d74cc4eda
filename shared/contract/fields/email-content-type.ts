import * as z from "zod";

/** The model takes any text; the API takes these two. */
export const emailContentType = z.enum(["text/plain", "text/html"]);
