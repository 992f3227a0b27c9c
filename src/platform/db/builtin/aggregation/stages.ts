import { Long } from 'bson'
import type { StringOrder } from '../bson/compare.js'
import { type Doc, fieldOf, isDoc, isTruthy } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import { compileProjection } from '../query/project.js'
import { parseSort, sortBy, sortOrder } from '../query/sort.js'
import { densify } from './densify.js'
import { compileExpression } from './expressions.js'
import { requireKnown, setAt, wholeNumber } from './fields.js'
import { bucket, bucketAuto, group, sortByCount } from './group.js'
import { checkOperators } from './operators.js'
import { redact } from './redact.js'
import { fill, setWindowFields } from './windows.js'

/** One stage: documents in, documents out. */
export type Stage = (documents: Iterable<Doc>) => Iterable<Doc>

export interface StageContext {
  strings: StringOrder | undefined
  variables: Doc
}

/** The stages that need nothing but the documents before them. They work on BSON types and keep them. */
export const SIMPLE_STAGES: Readonly<Record<string, (argument: unknown, context: StageContext) => Stage>> = {
  $match(argument, context) {
    const matches = compileFilter(argument, context)
    return function* (documents) {
      for (const doc of documents) if (matches(doc)) yield doc
    }
  },
  $sort(argument, { strings }) {
    const order = sortOrder(parseSort(argument), strings)
    return (documents) => sortBy(documents, (doc) => doc, order)
  },
  $skip(argument) {
    const skip = wholeNumber('$skip', argument, 0)
    return function* (documents) {
      let seen = 0
      for (const doc of documents) if (seen++ >= skip) yield doc
    }
  },
  $limit(argument) {
    const limit = wholeNumber('$limit', argument, 1)
    return function* (documents) {
      let seen = 0
      for (const doc of documents) {
        yield doc
        if (++seen >= limit) return
      }
    }
  },
  $count(argument) {
    if (typeof argument !== 'string' || !/^[^$.]+$/.test(argument)) {
      throw new MongoError('Location40156', 'the count field must be a non-empty string')
    }
    return function* (documents) {
      let count = 0
      for (const _ of documents) count++
      if (count > 0) yield { [argument]: count > 0x7fffffff ? Long.fromNumber(count) : count }
    }
  },
  $unwind: unwind,
  $group: group,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
  $addFields: addFields,
  $set: addFields,
  $project(argument, { variables }) {
    checkOperators(argument, 'Location31325')
    const project = compileProjection(argument, { variables })
    if (!project)
      throw new MongoError(
        'Location51272',
        'Invalid $project :: caused by :: specification must have at least one field',
      )
    return (documents) => mapped(documents, project)
  },
  $replaceRoot(argument, context) {
    requireKnown(argument, ['newRoot'], 'Location40230', 'unrecognized option to $replaceRoot stage')
    if (!isDoc(argument)) throw new MongoError('Location40229', 'expected an object as specification for $replaceRoot')
    return replaceWith(argument.newRoot, context)
  },
  $replaceWith: replaceWith,
  $redact: redact,
  $densify: densify,
  $fill: (argument, context) => fill(argument, context, addFields),
  $setWindowFields: setWindowFields,
  $unset(argument) {
    const names = [argument].flat()
    if (!names.every((name) => typeof name === 'string')) {
      throw new MongoError('Location31002', '$unset specification must be a string or an array of strings')
    }
    const project = compileProjection(Object.fromEntries(names.map((name) => [name, 0])))
    return (documents) => mapped(documents, (doc) => project?.(doc) ?? doc)
  },
  $sample(argument) {
    requireKnown(argument, ['size'], 'Location28748', 'unrecognized option to $sample')
    const size = wholeNumber('$sample', isDoc(argument) ? argument.size : undefined, 1)
    return (documents) => sample(documents, size)
  },
}

function replaceWith(expression: unknown, { variables }: StageContext): Stage {
  const compute = compileExpression(expression, variables)
  return (documents) =>
    mapped(documents, (doc) => {
      const root = compute(doc)
      if (isDoc(root)) return root
      throw new MongoError('Location40228', "'newRoot' expression must evaluate to an object")
    })
}

function addFields(argument: unknown, { variables }: StageContext): Stage {
  if (!isDoc(argument)) throw new MongoError('Location40272', '$addFields specification stage must be an object')
  const fields = flatten(argument).map(([path, expression]) => ({
    path,
    compute: compileExpression(expression, variables),
  }))
  return (documents) =>
    mapped(documents, (doc) => fields.reduce((result, { path, compute }) => setAt(result, path, compute(doc)), doc))
}

/** Nested documents without operators name fields within fields. */
function flatten(fields: Doc): [string[], unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string[], unknown][] => {
    const inner =
      isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value).some((key) => key.startsWith('$'))
    const path = name.split('.')
    return inner ? flatten(value).map(([rest, expression]) => [[...path, ...rest], expression]) : [[path, value]]
  })
}

function* mapped(documents: Iterable<Doc>, change: (doc: Doc) => Doc): Generator<Doc> {
  for (const doc of documents) yield change(doc)
}

function unwind(argument: unknown): Stage {
  const spec = typeof argument === 'string' ? { path: argument } : argument
  if (!isDoc(spec) || typeof spec.path !== 'string')
    throw new MongoError('Location28808', 'expected a string as the path for $unwind stage')
  if (!spec.path.startsWith('$'))
    throw new MongoError('Location28818', `path option to $unwind stage should be prefixed with a '$': ${spec.path}`)
  const known = ['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex']
  requireKnown(spec, known, 'Location28811', 'unrecognized option to $unwind stage')
  const path = spec.path.slice(1).split('.')
  const keepEmpty = isTruthy(spec.preserveNullAndEmptyArrays)
  const indexField = typeof spec.includeArrayIndex === 'string' ? spec.includeArrayIndex.split('.') : undefined
  const withIndex = (doc: Doc, index: Long | null): Doc => (indexField ? setAt(doc, indexField, index) : doc)
  return function* (documents) {
    for (const doc of documents) {
      const value = path.reduce<unknown>(fieldOf, doc)
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, element] of value.entries()) yield withIndex(setAt(doc, path, element), Long.fromNumber(i))
      } else if (Array.isArray(value) || value === null || value === undefined) {
        if (keepEmpty) yield withIndex(Array.isArray(value) ? setAt(doc, path, undefined) : doc, null)
      } else yield withIndex(doc, null)
    }
  }
}

/** Reservoir sampling: each document is as likely as any other. */
function sample(documents: Iterable<Doc>, size: number): Doc[] {
  const chosen: Doc[] = []
  let seen = 0
  for (const doc of documents) {
    seen++
    if (chosen.length < size) chosen.push(doc)
    else {
      const place = Math.floor(Math.random() * seen)
      if (place < size) chosen[place] = doc
    }
  }
  return chosen
}
