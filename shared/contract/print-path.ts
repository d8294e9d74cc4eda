import type { PathSegment } from "./issue.ts";

type Entry = Extract<PathSegment, { kind: "entry" }>;

const printSegment = (segment: PathSegment, printEntry: (entry: Entry) => string): string => {
  switch (segment.kind) {
    case "member":
      return `.${segment.name}`;
    case "index":
      return `[${segment.index}]`;
    case "entry":
      return printEntry(segment);
  }
};

/** A path as one string, as in `input.Attachments[0].FileName`; `printEntry` says how a key that the upstream chose is written. */
export const printPath = (path: readonly PathSegment[], printEntry: (entry: Entry) => string): string =>
  path
    .map((segment) => printSegment(segment, printEntry))
    .join("")
    .replace(/^\./u, "");
