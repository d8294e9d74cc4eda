/** Who asks. */
export type Principal = RoleSession | ServicePrincipal;

/** A function under its role. */
export interface RoleSession {
  readonly kind: "role";
  readonly accountId: string;
  readonly roleName: string;
  readonly roleArn: string;
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/FUNCTION` */
  readonly sessionArn: string;
}

/** AWS itself, such as `events.amazonaws.com`. */
export interface ServicePrincipal {
  readonly kind: "service";
  readonly name: string;
}
