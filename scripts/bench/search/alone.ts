import { createBuiltinEngine, type IndexSchema } from '../../../src/platform/search/index.js'
import { type Answered, askAll, INDEX } from './asking.js'
import { inventFirm, inventFirms } from './firms.js'
import { inventLanguage, TERMS } from './language.js'
import { inventQuestions } from './queries.js'

/**
 * The built-in engine in a process of its own, so that its memory can be told: `build` makes an index of so many firms in a folder,
 * `serve` reads it from there and asks. Tells the parent what it has measured.
 */

export interface Built {
  ms: number
  /** Mebibytes of the whole process. */
  resident: number
}

export interface Served extends Answered {
  /** Milliseconds from the start of the engine to its first answer. */
  ready: number
  /** Mebibytes of the whole process, before the words of the questions are invented. */
  resident: number
}

const [what = '', folder = '', firms = '0', questions = '0', fields = ''] = process.argv.slice(2)
const schema = JSON.parse(fields) as IndexSchema
const count = Number(firms)
const MIB = 2 ** 20
const resident = () => process.memoryUsage.rss() / MIB
const form = 'bench'

async function build(): Promise<Built> {
  const engine = createBuiltinEngine({ folder, onProblem: fail })
  const language = inventLanguage(TERMS)
  await engine.ensureIndex(INDEX, schema)
  await engine.moveTo({ form, seq: 1 })
  const begun = performance.now()
  await engine.rebuild(INDEX, inventFirms(count, language))
  const ms = performance.now() - begun
  const built = { ms, resident: resident() }
  await engine.close()
  return built
}

async function serve(): Promise<Served> {
  const begun = performance.now()
  const engine = createBuiltinEngine({ folder, onProblem: fail })
  await engine.ensureIndex(INDEX, schema)
  if ((await engine.restored(form)) === null) throw new Error('the index could not be read from its file')
  const { total } = await engine.search(INDEX, { limit: 1 })
  const ready = performance.now() - begun
  if (total !== count) throw new Error(`${total} of ${count} firms are there`)
  for (const q of ['a', 'tin hoc', 'phan mem']) await engine.search(INDEX, { q, facets: ['service', 'ward'] })
  const before = resident()
  const language = inventLanguage(TERMS)
  const answered = await askAll(engine, inventQuestions(Number(questions), count, language), (n) =>
    inventFirm(n, language),
  )
  await engine.close()
  return { ...answered, ready, resident: before }
}

function fail(problem: string): never {
  throw new Error(problem)
}

const measured = await (what === 'build' ? build() : serve())
process.send?.(measured, () => process.disconnect())
