/** A DynamoDB table named `state` with one key, a text named `key`. */
export const aTable = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  Type: "AWS::DynamoDB::Table",
  Properties: {
    TableName: "state",
    KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "key", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
    ...overrides,
  },
});
