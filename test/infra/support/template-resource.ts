import * as z from "zod";

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const resources = z.record(z.string(), resource);

/** A resource of a synthesized template. */
export interface TemplateResource extends z.infer<typeof resource> {
  readonly logicalId: string;
}

/** The resources of a template, in its order. */
export const templateResources = (template: unknown): readonly TemplateResource[] =>
  Object.entries(z.object({ Resources: resources }).parse(template).Resources).map(([logicalId, each]) => ({
    ...each,
    logicalId,
  }));
