import { describe, expect, test } from "@jest/globals";
import { whyNoAddress } from "#cli/why-no-address.ts";

describe("an address that stands in for AWS", () => {
  test.each([["http://127.0.0.1:4566"], ["https://sqs.example.com/path"], ["HTTP://localhost"]])(
    "may be %s",
    (address) => {
      expect(whyNoAddress(address)).toBeUndefined();
    },
  );

  test.each([
    ["127.0.0.1:4566", "http://127.0.0.1:4566"],
    ["localhost:4566", "http://localhost:4566"],
    ["sqs.example.com", "http://sqs.example.com"],
    ["ftp://127.0.0.1", "one such as http://127.0.0.1:4566"],
    ["http:127.0.0.1", "one such as http://127.0.0.1:4566"],
    ["http://", "one such as http://127.0.0.1:4566"],
    ["a b", "one such as http://127.0.0.1:4566"],
    ["", "one such as http://127.0.0.1:4566"],
  ])("is not %j, and what to give is said", (address, instead) => {
    expect(whyNoAddress(address)).toBe(`it begins with http:// or https://, so give ${instead}`);
  });
});
