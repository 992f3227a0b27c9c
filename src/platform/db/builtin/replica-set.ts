/** The database presents itself as the one member of a replica set of this name: transactions and retryable writes need one. */
export const REPLICA_SET = 'builtin'
