const HOW = "Give settings as a JSON file with -c settings=FILE, or one instance with -c connectInstanceArn=ARN.";

/** Thrown at synth when the deployment's settings are wrong. The message says what is wrong, and what to type. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  /** `how` says where the settings come from, and so where to correct them. */
  static of(sentences: readonly string[], how: string = HOW): SettingsError {
    return new SettingsError(
      ["The settings are wrong.", ...sentences.map((sentence) => `  ${sentence}`), how].join("\n"),
    );
  }
}
