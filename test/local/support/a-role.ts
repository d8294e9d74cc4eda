/** A role for functions, with what these statements allow. */
export const aRole = (...allowed: readonly Readonly<Record<string, unknown>>[]) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    },
    Policies: [
      {
        PolicyName: "all",
        PolicyDocument: { Statement: allowed.map((statement) => ({ Effect: "Allow", ...statement })) },
      },
    ],
  },
});
