/** The value of an environment variable. Throws where it is not set. */
export function readText(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "")
    throw new Error(`The environment variable ${name} is not set. Deploy again.`);
  return value;
}
