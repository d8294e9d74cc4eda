import { BlockList, isIP } from "node:net";
import { invalidPattern } from "./invalid-pattern.ts";
import type { CompileOperand } from "./leaf.ts";

/** `{"cidr": "10.0.0.0/24"}`, IPv4 or IPv6. */
export const cidrTest: CompileOperand = (operand, path) => {
  const [address = "", bits = "", ...rest] = typeof operand === "string" ? operand.split("/") : [];
  const family = familyOf(address);
  const length = Number(bits);
  const longest = family === "ipv4" ? 32 : 128;
  if (family === undefined || rest.length > 0 || !/^\d{1,3}$/.test(bits) || length > longest) {
    throw invalidPattern(path, "Malformed CIDR, one '/' between an IP address and a number of bits is required");
  }
  const block = new BlockList();
  block.addSubnet(address, length, family);
  // Of what is no address of this family nothing is in the block.
  return (leaf) => typeof leaf === "string" && block.check(leaf, family);
};

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? "ipv4" : "ipv6";
}
