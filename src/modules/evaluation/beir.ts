import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { readLines } from '../importing/index.js'
import { type RetrievalSet, type SetDocument, type SetQuery, UnreadableSet } from './evaluation.types.js'

/**
 * Opens a folder in BEIR's layout: `corpus.jsonl` (`_id`, `text`, perhaps `title`), `queries.jsonl` (`_id`, `text`) and
 * `qrels.tsv` or `qrels/test.tsv` (query, document, grade). Other fields are passed over; documents are streamed.
 * `queriesFile` names another file of the folder with the same queries otherwise written.
 * @throws {UnreadableSet} naming the file and line that is not so.
 */
export async function openRetrievalSet(folder: string, queriesFile = 'queries.jsonl'): Promise<RetrievalSet> {
  const corpus = fileIn(folder, 'corpus.jsonl')
  const queries: SetQuery[] = []
  for await (const { id, entry } of objects(fileIn(folder, queriesFile))) queries.push({ id, text: textOf(entry.text) })
  // Read once before anything is done with it: what is wrong with it is told at once, and how long it will take.
  let size = 0
  for await (const _ of documents(corpus)) size++
  return {
    documents: () => documents(corpus),
    size,
    queries,
    judgements: await readJudgements(fileIn(folder, 'qrels.tsv', 'qrels/test.tsv')),
  }
}

function fileIn(folder: string, ...names: string[]): string {
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (!found) throw new UnreadableSet(`${folder} has no ${names.join(' or ')}`)
  return found
}

async function* documents(path: string): AsyncIterable<SetDocument> {
  const seen = new Set<string>()
  for await (const { id, entry, where } of objects(path)) {
    if (seen.has(id)) throw new UnreadableSet(`${where}: the id "${id}" stands there a second time`)
    seen.add(id)
    yield { id, title: textOf(entry.title), text: textOf(entry.text) }
  }
}

async function readJudgements(path: string): Promise<Map<string, Map<string, number>>> {
  const judgements = new Map<string, Map<string, number>>()
  for await (const { text, number } of lines(path)) {
    const [query = '', document = '', grade = ''] = text.split('\t').map((part) => part.trim())
    if (grade === '' || Number.isNaN(Number(grade))) {
      if (number === 1) continue // the header
      throw new UnreadableSet(`${path}:${number}: not "query, document, grade" with tabs between`)
    }
    const judged = judgements.get(query) ?? new Map<string, number>()
    judgements.set(query, judged.set(document, Number(grade)))
  }
  return judgements
}

async function* objects(path: string) {
  for await (const { text, number } of lines(path)) {
    const where = `${path}:${number}`
    const entry = parseObject(text)
    const id = entry?._id
    if (!entry || (typeof id !== 'string' && typeof id !== 'number')) {
      throw new UnreadableSet(`${where}: not a JSON object with "_id"`)
    }
    yield { id: String(id), entry, where }
  }
}

async function* lines(path: string) {
  for await (const { text, number, fault } of readLines(createReadStream(path))) {
    if (fault) throw new UnreadableSet(`${path}:${number}: longer than a megabyte, or not UTF-8`)
    if (text.trim() !== '') yield { text, number }
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
