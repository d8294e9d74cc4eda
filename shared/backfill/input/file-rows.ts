import type { InputFormat } from "./input-format.ts";
import type { InputStart, OpenFile } from "./input-start.ts";
import type { RowBlock } from "./row-block.ts";
import { rowBlocks } from "./row-blocks.ts";
import { skipBytes } from "./skip-bytes.ts";

/** All rows of a file, its header left out. Throws UnusableFile. */
export const fileRows = (open: OpenFile, format: InputFormat, start: InputStart): AsyncGenerator<RowBlock, void> =>
  rowBlocks(skipBytes(open(), start.offset), format, start);
