import { TemplateError } from "../template/template-error.ts";

/** `${aws:username}` and the like would have to be replaced for each request; no policy of the template needs that yet. */
export function refusePolicyVariables(text: string): void {
  if (!text.includes("${")) return;
  throw new TemplateError(`${text}: policy variables are not known to the local runner. Write the value itself.`);
}
