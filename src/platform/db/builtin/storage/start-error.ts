export type StartFailure = 'locked' | 'newer' | 'foreign' | 'corrupt' | 'unusable'

/** Why the database did not start; `message` is a plain sentence for the operator. */
export class DatabaseStartError extends Error {
  constructor(
    readonly reason: StartFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'DatabaseStartError'
  }
}
