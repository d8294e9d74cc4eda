/** A template for a task, named after the column `name`. */
export const A_TASK_TEMPLATE = JSON.stringify({
  operation: "CreateContact",
  input: {
    Channel: "TASK",
    InitiationMethod: "API",
    Name: "{{name}}",
    Attributes: { note: "{{note}}" },
  },
});

interface Rows {
  readonly good: number;
  readonly refused?: number;
}

/** A CSV with the columns id, name, note. The names of good rows are `row 0`, `row 1` …; refused ones have a space in their key. */
export function aCsvOfTasks({ good, refused = 0 }: Rows): string {
  const rows = Array.from({ length: good }, (_, index) => `k${index},row ${index},"${"wide ".repeat(60)}"`);
  for (let index = 0; index < refused; index += 1) {
    rows.splice(Math.floor(((index + 1) * rows.length) / (refused + 1)), 0, `bad ${index},refused,`);
  }
  return `id,name,note\n${rows.join("\n")}\n`;
}

/** The names of the good rows. */
export const namesOfTasks = (good: number): readonly string[] =>
  Array.from({ length: good }, (_, index) => `row ${index}`);
