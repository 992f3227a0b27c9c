import {
  type Document,
  MongoBulkWriteError,
  MongoClientBulkWriteError,
  MongoError,
  MongoOperationTimeoutError,
  MongoServerError,
} from 'mongodb'
import type { Entities } from './entities.js'
import { match } from './match.js'
import { Mismatch } from './outcomes.js'

/** @throws Mismatch where an error is not the one expected */
export function expectError(error: unknown, expected: Document, entities: Entities): void {
  if (!(error instanceof Error)) throw new Mismatch(`expected an error, found ${String(error)}`)
  const cause = error instanceof MongoClientBulkWriteError && error.cause instanceof Error ? error.cause : error
  const fields = cause as Error & Document
  const check = (holds: boolean, what: string): void => {
    if (!holds) throw new Mismatch(`expected an error ${what}, found ${describe(cause)}`)
  }
  const { isClientError, isTimeoutError, errorContains, errorCode, errorCodeName, errorResponse } = expected
  if (isClientError !== undefined)
    check(isFromServer(cause) !== isClientError, isClientError ? 'of the client' : 'of the server')
  if (isTimeoutError !== undefined)
    check(cause instanceof MongoOperationTimeoutError === isTimeoutError, isTimeoutError ? 'of time' : 'not of time')
  if (errorContains !== undefined)
    check(error.message.toLowerCase().includes(errorContains.toLowerCase()), `saying '${errorContains}'`)
  if (errorCode !== undefined) check(fields.code === errorCode, `with code ${errorCode}`)
  if (errorCodeName !== undefined) check(fields.codeName === errorCodeName, `with name ${errorCodeName}`)
  for (const label of expected.errorLabelsContain ?? []) check(hasLabel(cause, label), `labelled ${label}`)
  for (const label of expected.errorLabelsOmit ?? []) check(!hasLabel(cause, label), `not labelled ${label}`)
  if (errorResponse !== undefined)
    match(responseOf(fields), errorResponse, entities, { extra: 'at the root', path: 'errorResponse' })
  for (const list of ['writeErrors', 'writeConcernErrors'])
    if (expected[list] !== undefined)
      match((error as Document)[list], expected[list], entities, { extra: 'at the root', path: list })
  if (expected.expectResult !== undefined)
    match(partialResult(error), expected.expectResult, entities, { extra: 'at the root', path: 'partial result' })
}

const isFromServer = (error: Error): boolean =>
  error instanceof MongoBulkWriteError
    ? error.errorResponse instanceof MongoServerError || error.code !== undefined
    : error instanceof MongoServerError

const hasLabel = (error: Error, label: string): boolean => error instanceof MongoError && error.hasErrorLabel(label)

/** The driver keeps a reply with its error, or that of a single write within it. */
const responseOf = (error: Document): unknown => ({ ...error.errorResponse, ...error })

const partialResult = (error: Error & Document): unknown =>
  'partialResult' in error ? error.partialResult : error.result

const describe = (error: Error & Document): string =>
  `${error.name} ${error.code ?? ''} ${error.codeName ?? ''} ${(error.errorLabels ?? []).join(' ')}: ${error.message}`
