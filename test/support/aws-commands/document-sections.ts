export interface CodeBlock {
  /** What stands behind the opening fence. */
  readonly language: string;
  readonly code: string;
}

export interface DocumentSection {
  readonly heading: string;
  readonly blocks: readonly CodeBlock[];
}

/** The sections of a Markdown document, each with its code blocks in their order. */
export function documentSections(markdown: string): readonly DocumentSection[] {
  // A heading's # may stand in a block too, as a shell's comment does.
  const parts = markdown.matchAll(/^```(\w*)\n(.*?)^```$|^#{1,6} ([^\n]+)$/gms);
  const sections: { readonly heading: string; readonly blocks: CodeBlock[] }[] = [];
  for (const [, language = "", code = "", heading] of parts) {
    if (heading !== undefined) sections.push({ heading, blocks: [] });
    else sections.at(-1)?.blocks.push({ language, code });
  }
  return sections;
}
