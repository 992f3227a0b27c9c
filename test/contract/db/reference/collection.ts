import { type Document, ObjectId, serialize } from 'bson'
import { isDemand, matches, type Place } from './filter.js'
import { project } from './project.js'
import { sorted } from './sort.js'
import { setAt } from './targets.js'
import { collide } from './unique.js'
import { checkUpdate, copy, updated } from './update.js'
import { asDouble, CODE, isObject, kindOf, Refused, type StringOrder, same, type Value } from './values.js'

/** A list of documents that answers commands as a collection of MongoDB does. It changes nothing if a command is refused. */
export class ReferenceCollection {
  private documents: Document[] = []

  /** @param unique the unique indexes that it has, besides the one of _id */
  constructor(private readonly unique: readonly Document[] = []) {}

  /** @throws Refused */
  run(command: Document): Document {
    const strings = stringsOf(command.collation ?? command.updates?.[0]?.collation)
    switch (Object.keys(command)[0]) {
      case 'insert':
        return this.insert(command.documents)
      case 'find':
        return this.find(command, strings)
      case 'count':
        return { n: this.select(command.query, {}, strings).length }
      case 'distinct':
        return { values: this.distinct(command.key, command.query) }
      case 'update':
        return this.update(command.updates[0], strings)
      case 'delete':
        return this.delete(command.deletes[0])
    }
    return this.findAndModify(command, strings)
  }

  private select(filter: Document, sort: Document = {}, strings?: StringOrder): Document[] {
    return sorted(
      this.documents.filter((doc) => matches(doc, filter, strings)),
      sort,
      strings,
    )
  }

  private insert(documents: Document[]): Document {
    for (const doc of documents) this.add(copy(doc))
    return { n: documents.length }
  }

  private find({ filter, sort, skip = 0, limit = 0, projection }: Document, strings?: StringOrder): Document {
    const found = this.select(filter, sort, strings).slice(skip, limit > 0 ? skip + limit : undefined)
    return { documents: found.map((doc) => shown(doc, projection, filter, strings)) }
  }

  private distinct(key: string, filter: Document): Value[] {
    const values = this.select(filter).flatMap((doc) => distinctAt(doc, key.split('.')))
    const different = values.filter((value, i) => values.findIndex((other) => same(other, value)) === i)
    return sorted(
      different.map((value) => ({ value: [value] })),
      { value: 1 },
    ).map(({ value }) => value[0])
  }

  private update({ q, u, multi, upsert, arrayFilters }: Document, strings?: StringOrder): Document {
    checkUpdate(u)
    const found = multi ? this.select(q, {}, strings) : this.select(q, {}, strings).slice(0, 1)
    const pairs = found.map((before) => ({ before, after: this.change(before, q, u, arrayFilters, strings) }))
    for (const { before, after } of pairs) this.put(before, after)
    if (found.length > 0 || !upsert)
      return { n: found.length, nModified: pairs.filter(({ before, after }) => !identical(before, after)).length }
    const made = this.upsert(q, u, arrayFilters, strings)
    return { n: 1, nModified: 0, upserted: made._id }
  }

  private delete({ q, limit }: Document): Document {
    const found = this.select(q)
    const gone = limit === 1 ? found.slice(0, 1) : found
    this.documents = this.documents.filter((doc) => !gone.includes(doc))
    return { n: gone.length }
  }

  private findAndModify(command: Document, strings?: StringOrder): Document {
    const { query, sort, remove, update, upsert, fields, arrayFilters } = command
    if (update) checkUpdate(update)
    const [before] = this.select(query, sort, strings)
    if (before && remove) {
      const value = shown(before, fields, query, strings)
      this.documents = this.documents.filter((doc) => doc !== before)
      return { value }
    }
    if (before) {
      const after = this.change(before, query, update, arrayFilters, strings)
      const value = shown(command.new ? after : before, fields, query, strings)
      this.put(before, after)
      return { value }
    }
    if (remove || !upsert) return { value: null }
    const made = this.upsert(query, update, arrayFilters, strings)
    return { value: command.new ? shown(made, fields, query, strings) : null }
  }

  private change(
    before: Document,
    filter: Document,
    update: Document,
    arrayFilters: Document[],
    strings?: StringOrder,
  ): Document {
    const place: Place = {}
    matches(before, filter, strings, place)
    return copy(updated(before, { update, arrayFilters, strings, place, inserting: false }))
  }

  private put(before: Document, after: Document): void {
    this.refuseDuplicate(after, before)
    this.documents[this.documents.indexOf(before)] = after
  }

  private add(doc: Document): void {
    this.refuseDuplicate(doc)
    this.documents.push(doc)
  }

  private refuseDuplicate(doc: Document, instead?: Document): void {
    const specs = [{ key: { _id: 1 } }, ...this.unique]
    const others = this.documents.filter((other) => other !== instead)
    if (others.some((other) => specs.some((spec) => collide(doc, other, spec)))) throw new Refused(CODE.DuplicateKey)
  }

  /** What the filter says is equal, then the update, with the _id in front. */
  private upsert(filter: Document, update: Document, arrayFilters: Document[], strings?: StringOrder): Document {
    const replaces = !Object.keys(update)[0]?.startsWith('$')
    const known: Document = {}
    const wanted = equalities(filter).filter(([name]) => !replaces || name === '_id')
    const paths = wanted.map(([name]) => `${name}.`)
    // Two things said of one field leave open which is meant.
    if (paths.some((path, i) => paths.some((other, k) => i !== k && path.startsWith(other)))) throw new Refused(54)
    for (const [name, value] of wanted) setAt(known, name.split('.'), value)
    const made = updated(known, { update, arrayFilters, strings, place: {}, inserting: true })
    const { _id = new ObjectId(), ...rest } = made
    const doc = copy({ _id, ...rest })
    this.add(doc)
    return doc
  }
}

function shown(doc: Document, projection: Document | undefined, filter: Document, strings?: StringOrder): Document {
  if (!projection || Object.keys(projection).length === 0) return doc
  const place: Place = {}
  matches(doc, filter, strings, place)
  return project(doc, projection, place)
}

function equalities(filter: Document): [string, Value][] {
  return Object.entries(filter).flatMap(([name, demand]): [string, Value][] => {
    if (name === '$and') return (demand as Document[]).flatMap(equalities)
    if (name === '$or') return demand.length === 1 ? equalities(demand[0]) : []
    if (name.startsWith('$') || kindOf(demand) === 'RegExp') return []
    if (!isDemand(demand)) return [[name, demand]]
    if ('$eq' in demand) return [[name, demand.$eq]]
    const [only, ...others] = (demand.$in ?? demand.$all ?? []) as Value[]
    return only === undefined || others.length > 0 || kindOf(only) === 'RegExp' || isDemand(only) ? [] : [[name, only]]
  })
}

/** Values at a path, elements of arrays apart. */
function distinctAt(node: Value, path: readonly string[]): Value[] {
  const [name, ...rest] = path
  if (name === undefined) return Array.isArray(node) ? node : node === undefined ? [] : [node]
  if (Array.isArray(node)) return node.filter(isObject).flatMap((each) => distinctAt(each, path))
  return isObject(node) ? distinctAt(node[name], rest) : []
}

const identical = (a: Document, b: Document): boolean => Buffer.from(serialize(a)).equals(serialize(b))

/** A collation of strength 1 (letters alone) to 3 (accents and case as well). */
function stringsOf(collation: Document | undefined): StringOrder | undefined {
  if (!collation) return undefined
  const sensitivity = (['base', 'accent', 'variant'] as const)[asDouble(collation.strength) - 1] ?? 'variant'
  return new Intl.Collator(collation.locale, { sensitivity }).compare
}
