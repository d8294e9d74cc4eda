/**
 * A draft that is made so late would hardly be sent on: what must follow it may wait for its slot, or a pause, until the
 * message is stale. As a part of the stale margin: an hour, if that is twelve.
 */
export const LATE_FOR_A_DRAFT = 1 / 12;
