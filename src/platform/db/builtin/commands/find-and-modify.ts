import { type Doc, isTruthy } from '../bson/values.js'
import { toEntry } from '../engine.js'
import { MongoError } from '../errors.js'
import type { MatchPosition } from '../query/paths.js'
import { compileProjection } from '../query/project.js'
import type { Entry } from '../storage/documents.js'
import { compileQuery, matchFirst } from '../storage/match.js'
import { requireValid } from '../storage/validation.js'
import { collectionForWrite } from '../storage/view.js'
import { compileUpdate } from '../update/update.js'
import { upsertDocument } from '../update/upsert.js'
import { type Command, collectionName } from './command.js'
import { updateEntry } from './update-entry.js'

const findAndModify: Command = {
  name: 'findAndModify',
  aliases: ['findandmodify'],
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'collation',
    'arrayFilters',
    'hint',
    'let',
    'stmtId',
  ],
  writes: true,
  retryable: true,
  transactional: true,
  run(body, { db, view }) {
    const name = collectionName(body, 'findAndModify' in body ? 'findAndModify' : 'findandmodify')
    const collection = view.collection(db, name)
    const query = compileQuery({ ...body, filter: body.query ?? {} }, collection)
    const project = compileProjection(body.fields)
    const value = (entry: Entry): unknown => {
      const position: MatchPosition = {}
      query.matches(entry.doc, position)
      return project ? project(entry.doc, position) : entry.doc
    }
    const removing = isTruthy(body.remove)
    if (removing && body.update !== undefined)
      throw new MongoError('FailedToParse', 'Cannot specify both an update and remove=true')
    if (!removing && body.update === undefined)
      throw new MongoError('FailedToParse', 'Either an update or remove=true must be specified')
    const update = removing
      ? undefined
      : compileUpdate(body.update, {
          arrayFilters: body.arrayFilters,
          strings: query.strings,
          variables: (body.let ?? {}) as Doc,
        })
    const found = collection && matchFirst(view, collection, query)
    if (!update) {
      if (!found) return { lastErrorObject: { n: 0 }, value: null }
      view.remove(collection, found)
      return { lastErrorObject: { n: 1 }, value: value(found) }
    }
    const now = new Date()
    if (found) {
      const { entry } = updateEntry(view, collection, query, found, update, now, body)
      return { lastErrorObject: { n: 1, updatedExisting: true }, value: value(isTruthy(body.new) ? entry : found) }
    }
    if (!isTruthy(body.upsert)) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null }
    const inserted = toEntry(upsertDocument(query.filter, update, now))
    const target = collection ?? collectionForWrite(view, db, name)
    requireValid(target, body, inserted.doc)
    view.insert(target, inserted)
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: inserted.doc._id },
      value: isTruthy(body.new) ? value(inserted) : null,
    }
  },
}

export const findAndModifyCommands: readonly Command[] = [findAndModify]
