import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { requireProfile } from "#cli/sending/aws-profile.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const VARIABLES = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] as const;

const CONFIG = `
[default]
region = eu-central-1
[profile billing]
[ profile  "two words" ]
# [profile commented]
[sso-session corp]
`;

describe("a profile of the AWS tools", () => {
  let files: WrittenFiles;
  const before = VARIABLES.map((name) => process.env[name]);
  beforeAll(async () => {
    files = await writtenFiles();
    process.env["AWS_CONFIG_FILE"] = await files.write("config", CONFIG);
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = await files.write("credentials", "  [keys]\naws_access_key_id=[a]\n");
  });
  afterAll(async () => {
    for (const [index, name] of VARIABLES.entries()) {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await files.remove();
  });

  test.each([["default"], ["billing"], ["two words"], ["keys"]])("is found: %s", async (profile) => {
    await expect(requireProfile(profile)).resolves.toBeUndefined();
  });

  test.each([["foo"], ["commented"], ["corp"], ["a"], ["bill"], [""]])(
    "is named where there is none: %j",
    async (profile) => {
      await expect(requireProfile(profile)).rejects.toMatchObject({
        name: "CommandError",
        exitStatus: 2,
        message: expect.stringMatching(`^There is no profile ${profile}: neither .*config nor .*credentials has it\\.`),
      });
    },
  );
});
