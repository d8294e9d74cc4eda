declare module "asl-validator" {
  /** Adds the query language to the states of the definition that it is given. */
  function aslValidator(
    definition: object,
    options: { readonly checkArn: boolean; readonly checkPaths: boolean },
  ): { readonly isValid: boolean; readonly errorsText: () => string };
  export = aslValidator;
}
