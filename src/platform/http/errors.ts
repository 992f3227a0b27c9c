import { ProductError } from '../../kernel/errors.js'

/** The address or the request line cannot be read. */
export class BadRequest extends ProductError {
  constructor(message: string, code: 'badRequest' | 'malformedJson' = 'badRequest', cause?: unknown) {
    super(code, 400, message, { cause })
  }
}

/** The address exists, but not for this method. */
export class MethodNotAllowed extends ProductError {
  constructor(
    method: string,
    /** For the `Allow` header. */
    readonly allowed: readonly string[],
  ) {
    super('methodNotAllowed', 405, `method ${method} is not one of ${allowed.join(', ')}`)
  }
}

/** The form's token is missing, wrong or too old. */
export class ExpiredForm extends ProductError {
  constructor() {
    super('expiredForm', 403, "the form's token does not fit")
  }
}

export class UnsupportedMediaType extends ProductError {
  constructor(got: string) {
    super('unsupportedMediaType', 415, `content type "${got}" is not accepted`)
  }
}

/** A form with a file came where none is asked for. */
export class FileNotTaken extends ProductError {
  constructor() {
    super('fileNotTaken', 415, 'the route takes no file')
  }
}

export class PayloadTooLarge extends ProductError {
  constructor(cause?: unknown) {
    super('payloadTooLarge', 413, 'the body is larger than allowed', { cause })
  }
}

export class TooManyRequests extends ProductError {
  constructor(
    /** Whole seconds, at least 1. */
    readonly retryAfter: number,
  ) {
    super('tooManyRequests', 429, `too many requests, again in ${retryAfter} s`)
  }
}

/** The database has no room left, or its disk fails: nothing has been written. */
export class NotStored extends ProductError {
  constructor(cause?: unknown) {
    super('notStored', 507, 'the database could not write', { cause })
  }
}
