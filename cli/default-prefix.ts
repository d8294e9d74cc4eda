/** Begins the names of a deployment's queues unless its settings say otherwise. */
export const DEFAULT_PREFIX = "contact-requests";
