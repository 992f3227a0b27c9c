import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../src/platform/project-root.js'

interface Texts {
  vi?: string
  en?: string
}

/** Writes a set in BEIR's layout: the demonstration firms as documents, the demonstration needs as queries. */
export function writeDemonstrationSet(folder: string): { documents: number; queries: string[] } {
  const firms = read<{ externalId: string; profile: { name: Texts; description: Texts } }>('providers')
  const needs = read<{ externalId: string; content: { problem: Texts } }>('needs')
  const lines = (entries: unknown[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  mkdirSync(folder, { recursive: true })
  const documents = firms.map(({ externalId, profile }) => ({
    ...{ _id: externalId, title: text(profile.name), text: text(profile.description) },
    metadata: { passed: 'over' },
  }))
  const queries = needs.map(({ externalId, content }) => ({ _id: externalId, text: text(content.problem) }))
  writeFileSync(join(folder, 'corpus.jsonl'), lines(documents))
  writeFileSync(join(folder, 'queries.jsonl'), lines(queries))
  const judged = queries.slice(0, 5).map(({ _id }, i) => `${_id}\t${documents[i]?._id}\t1\n`)
  writeFileSync(join(folder, 'qrels.tsv'), `query-id\tcorpus-id\tscore\n${judged.join('')}`)
  return { documents: documents.length, queries: queries.map(({ text: words }) => words) }
}

const text = (texts: Texts) => texts.vi ?? texts.en ?? ''

function read<T>(kind: string): T[] {
  const folder = join(PROJECT_ROOT, 'src/modules/demonstration/data', kind)
  return readdirSync(folder)
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T[])
}
