/** Stands in where no instance is named. Nobody owns its account, so that what is made with it cannot be deployed. */
export const EXAMPLE_INSTANCE_ARN =
  "arn:aws:connect:us-east-1:000000000000:instance/00000000-0000-4000-8000-000000000000";
