/** Where a user is found: v1 finds a user, and permissions are asked, in their organisation. */
export interface UserPlace {
  readonly userId: string;
  readonly organisationId: string;
}
