/**
 * In small letters → as AWS writes it: the condition keys that the endpoint fills in where a request has a value for them; where it has none, the key is
 * absent. A policy that names any other key is an error, since what it means could not be told.
 */
export const CONDITION_KEYS: ReadonlyMap<string, string> = new Map(
  [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    // There is no organization on one machine: absent, as in an account without one.
    "aws:PrincipalOrgID",
    "aws:PrincipalServiceName",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "connect:ContactInitiationMethod",
    "connect:InstanceId",
    "connect:Subtype",
    "dynamodb:LeadingKeys",
    "events:detail-type",
    "events:source",
    "kms:CallerAccount",
    "kms:ViaService",
    // In policies for people, who may do everything here: requests of functions to Lambda's API are refused as unknown.
    "lambda:FunctionArn",
    "s3:TlsVersion",
    "s3:prefix",
  ].map((key) => [key.toLowerCase(), key]),
);

/** Those with more than one value at once, which only a quantifier can speak of. */
export const KEYS_OF_SEVERAL_VALUES: ReadonlySet<string> = new Set(["dynamodb:leadingkeys"]);
