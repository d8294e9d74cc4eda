/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2024" }, module: { type: "es6" } }],
  },
  // The system tests mostly wait for processes of their own: three of them keep two cores busy.
  maxWorkers: 3,
  // Waiting ends when the fact is there. Only a test that hangs takes so long, and a busy machine must not fail one.
  testTimeout: 600_000,
};
