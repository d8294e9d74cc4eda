import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The operation whose queue is filled. */
export const OPERATION = "CreateContact";

const INPUT = { Channel: "TASK", InitiationMethod: "API" };

const rowsPerPiece = 1_000;

function* pieces(count: number, lineOf: (index: number) => string): Generator<string, void> {
  for (let first = 0; first < count; first += rowsPerPiece) {
    const length = Math.min(rowsPerPiece, count - first);
    yield Array.from({ length }, (_, index) => lineOf(first + index)).join("");
  }
}

/** Writes a CSV file of so many customers, and gives its path. */
export async function writeCustomers(directory: string, count: number): Promise<string> {
  const path = join(directory, `customers-${count}.csv`);
  const lines = pieces(count, (index) => `customer-${index},Customer ${index},"order ""${index}"""\n`);
  await writeFile(path, "customer,name,about\n");
  await pipeline(Readable.from(lines), createWriteStream(path, { flags: "a" }));
  return path;
}

/** Writes the template that asks for a contact with each of those customers, and gives its path. */
export async function writeTemplate(directory: string): Promise<string> {
  const path = join(directory, "template.json");
  const input = { ...INPUT, Name: "Call {{name}}", Description: "About {{about}}" };
  await writeFile(path, JSON.stringify({ operation: OPERATION, input }));
  return path;
}

/** Writes the messages that a job of so many customers becomes, a body a line, and gives the file's path. */
export async function writeBodies(directory: string, job: string, count: number): Promise<string> {
  const path = join(directory, `bodies-${count}.jsonl`);
  const lines = pieces(count, (index) => {
    const input = { ...INPUT, Name: `Call Customer ${index}`, Description: `About order "${index}"` };
    return `${JSON.stringify({ requestId: `${job}/customer-${index}`, operation: OPERATION, source: job, input })}\n`;
  });
  await pipeline(Readable.from(lines), createWriteStream(path));
  return path;
}
