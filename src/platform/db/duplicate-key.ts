/** What MongoDB answers when a unique index has a value already. */
const DUPLICATE_KEY = 11_000

/** Whether a write failed because another one has just put the same value where it may stand once only. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === DUPLICATE_KEY
