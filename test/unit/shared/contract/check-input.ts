import { expect } from "@jest/globals";
import { issuesIn } from "./issues-in.ts";

/** What is tried, the members of the input that replace those of a valid request, and the issues that follow. */
export type InputCase = readonly [what: string, input: object, issues: readonly string[]];

/** Checks what becomes of a valid request when members of its input are replaced. */
export const checkInput =
  (request: { readonly input: object }) =>
  (_what: string, input: object, issues: readonly string[]): void =>
    expect(issuesIn({ ...request, input: { ...request.input, ...input } })).toEqual(issues);
