import type { AbstractCursor, ClientSession, Document } from 'mongodb'
import type { Operations } from './operation.js'

export const sessionOperations: Operations<ClientSession> = {
  abortTransaction: (on) => on.abortTransaction(),
  commitTransaction: (on) => on.commitTransaction(),
  endSession: (on) => on.endSession(),
  getSnapshotTime: (on) => (on as unknown as { snapshotTime: unknown }).snapshotTime,
  startTransaction: (on, options) => on.startTransaction(options),
  withTransaction: (on, { callback, ...options }, { runAll }) =>
    on.withTransaction(() => runAll(callback, { rethrow: true }), options),
}

export const cursorOperations: Operations<AbstractCursor<Document>> = {
  close: (on) => on.close(),
  iterateOnce: (on) => on.tryNext(),
  iterateUntilDocumentOrError: (on) => on.next(),
}
