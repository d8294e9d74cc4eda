/**
 * The version of the published schemas: the first number rises where a message that was good is refused from then on, the second
 * where more is understood, the third where only words change.
 */
export const SCHEMA_VERSION = "1.0.0";
