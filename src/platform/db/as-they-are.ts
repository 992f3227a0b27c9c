/**
 * For inserting whole rows of the product's own types: to make mongoose's documents of them first takes longer than to store
 * them. What is undefined is left out, as it is from documents.
 */
export const AS_THEY_ARE = { lean: true, ignoreUndefined: true } as const
