import type { Doc } from './bson/values.js'
import type { Command } from './commands/command.js'
import { MongoError } from './errors.js'

/** The commands of MongoDB's Stable API, version 1, that are known here. */
const VERSION_1 = new Set([
  'abortTransaction',
  'aggregate',
  'collMod',
  'commitTransaction',
  'count',
  'create',
  'createIndexes',
  'delete',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'endSessions',
  'explain',
  'find',
  'findAndModify',
  'getMore',
  'hello',
  'insert',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'ping',
  'refreshSessions',
  'update',
])

/**
 * What a client declares of the API that it keeps to holds.
 * @throws MongoError APIVersionError, APIStrictError, InvalidOptions
 */
export function checkDeclaredApi({ apiVersion, apiStrict, apiDeprecationErrors }: Doc, { name }: Command): void {
  if (apiVersion === undefined) {
    if (apiStrict === undefined && apiDeprecationErrors === undefined) return
    throw new MongoError('InvalidOptions', 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion')
  }
  if (apiVersion !== '1') throw new MongoError('APIVersionError', `API version must be "1", not "${apiVersion}"`)
  if (apiStrict === true && !VERSION_1.has(name)) {
    throw new MongoError('APIStrictError', `Provided apiStrict:true, but the command ${name} is not in API Version 1`)
  }
}
