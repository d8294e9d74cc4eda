/** Where both instances are. */
export const PLACE = { account: "123456789012", region: "eu-central-1" };

const CONNECT = `arn:aws:connect:${PLACE.region}:${PLACE.account}`;

export const INSTANCE = `${CONNECT}:instance/11111111-1111-4111-8111-111111111111`;

/** Of the same account, in the same Region. */
export const SECOND_INSTANCE = `${CONNECT}:instance/22222222-2222-4222-8222-222222222222`;

/** What the phone numbers of both are called: no instance is in their ARNs. */
export const PHONE_NUMBERS = `${CONNECT}:phone-number/*`;
