export const FIRST_DRAFT = 1;

/** The draft that an item of the ledger is about: the first one where it does not say, or nobody has written it yet. */
export const draftOf = (item: { readonly draft?: number } | undefined): number => item?.draft ?? FIRST_DRAFT;
