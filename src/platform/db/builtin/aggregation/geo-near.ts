import { Double } from 'bson'
import { type Doc, isDoc, isTruthy, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import type { Collection } from '../storage/collection.js'
import { compileQuery, match } from '../storage/match.js'
import { setAt } from './fields.js'
import type { PipelineSource } from './pipeline.js'

const FIELDS = [
  'near',
  'distanceField',
  'spherical',
  'key',
  'query',
  'minDistance',
  'maxDistance',
  'distanceMultiplier',
]

/** `$geoNear`: the documents of a neighbourhood with their distances, the nearest first. */
export function* geoNear(
  source: PipelineSource,
  name: string | undefined,
  argument: unknown,
  variables: Doc,
): Generator<Doc> {
  const collection = name === undefined ? undefined : source.find(name)
  if (!isDoc(argument)) throw new MongoError('Location10065', '$geoNear expects an object')
  const unknown = Object.keys(argument).find((field) => !FIELDS.includes(field))
  if (unknown) throw notImplemented(`$geoNear with ${unknown}`)
  const { near, distanceField, spherical, query = {}, minDistance, maxDistance, distanceMultiplier = 1 } = argument
  if (typeof distanceField !== 'string') {
    throw new MongoError('Location5860402', "$geoNear requires a 'distanceField' option as a String")
  }
  if (!collection) return
  const key = typeof argument.key === 'string' ? argument.key : onlyPlaces(source, collection)
  const limits = {
    ...(minDistance === undefined ? {} : { $minDistance: minDistance }),
    ...(maxDistance === undefined ? {} : { $maxDistance: maxDistance }),
  }
  const modern = isDoc(near) && typeof near.type === 'string'
  const asked = modern
    ? { $nearSphere: { $geometry: near, ...limits } }
    : { [isTruthy(spherical) ? '$nearSphere' : '$near']: near, ...limits }
  const { collation, hint } = source
  const compiled = compileQuery(
    { filter: { $and: [query, { [key]: asked }] }, collation, hint, let: variables },
    collection,
  )
  for (const { doc } of match(source.view, collection, compiled)) {
    const distance = (compiled.near?.distanceOf(doc) ?? 0) * toNumber(distanceMultiplier)
    yield setAt(doc, distanceField.split('.'), new Double(distance))
  }
}

/** The field whose places count where the stage names none. */
function onlyPlaces({ view }: PipelineSource, collection: Collection): string {
  const fields = view.indexes(collection).flatMap((index) => index.fields.filter(({ geo }) => geo !== undefined))
  const [only, ...others] = new Set(fields.map(({ name }) => name))
  if (only === undefined)
    throw new MongoError('IndexNotFound', '$geoNear requires a 2d or 2dsphere index, but none were found')
  if (others.length > 0) {
    throw new MongoError(
      'IndexNotFound',
      'There is more than one 2d or 2dsphere index; unsure which to use for $geoNear',
    )
  }
  return only
}
