/** The template, or the assembly around it, asks for what the local runner cannot do. The message says what and where. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}
