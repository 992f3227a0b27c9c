/** Errors that callers tell apart. What a user reads comes from the catalogue by `code`; `message` is for the operator. */
export class ProductError extends Error {
  constructor(
    /** Key under `errors.` of the catalogue. */
    readonly code: string,
    /** HTTP status it answers with where it reaches a request. */
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = new.target.name
  }
}

/** No such record, or none that this viewer may see: the two are not told apart. */
export class NotFound extends ProductError {
  constructor(what: string, key: string) {
    super('notFound', 404, `no ${what} "${key}"`)
  }
}

/** Nobody is signed in, or the second factor is still to come: pages lead to where that is done. */
export class SignInRequired extends ProductError {
  constructor(action: string) {
    super('signInRequired', 401, `action "${action}" wants somebody signed in`)
  }
}

/** The viewer is known to the product but may not do this. */
export class Forbidden extends ProductError {
  constructor(action: string) {
    super('forbidden', 403, `action "${action}" is not allowed`)
  }
}

/** One thing wrong with one field. `code` is a key under `fields.errors.` of the catalogue. */
export interface FieldError {
  /** Dotted path: `budget.min`. */
  field: string
  code: string
  /** Values for the message, e.g. the limit. */
  params?: Readonly<Record<string, string | number>>
}

/** The input does not fit the schema; nothing was changed. */
export class InvalidInput extends ProductError {
  constructor(readonly errors: readonly FieldError[]) {
    super('invalidInput', 422, `invalid input: ${errors.map((e) => `${e.field} ${e.code}`).join(', ')}`)
  }
}

/** The record has changed since the caller read it. */
export class Conflict extends ProductError {
  constructor(type: string, id: string, expected: number, actual: number) {
    super('conflict', 409, `${type} ${id} is at version ${actual}, not ${expected}`)
  }
}

/** A part that the product stands on does not answer. */
export class Unavailable extends ProductError {
  constructor(part: string, cause?: unknown) {
    super('unavailable', 503, `${part} is not available`, { cause })
  }
}

/** What was asked for has become part of another, which the viewer may see: pages lead there for ever. */
export class MovedTo extends ProductError {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super('notFound', 404, `"${from}" is part of "${to}"`)
  }
}

/** What an error of whatever kind says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
