/** The id of an instance that is given as an id or an ARN: Connect takes both and means the same by them. */
export const instanceIdOf = (idOrArn: string): string =>
  idOrArn.replace(/^arn:[^:]*:connect:[^:]*:[^:]*:instance\//, "");
