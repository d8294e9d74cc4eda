/** What a process knows of a bucket when it makes a call is at most this old. */
export const MOST_AGE_OF_KNOWLEDGE_MS = 500;
