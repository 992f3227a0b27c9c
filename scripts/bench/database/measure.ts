import { ms, quantile, type Report } from '../figures.js'
import { fill, OwnDatabase, writesPerSecond } from './own-database.js'
import { PlainSqlite } from './plain-sqlite.js'
import { QUESTIONS, timesOf } from './questions.js'

const WRITERS = [1, 8, 64]
const WRITING_MS = 4_000
/** What is promised of the largest collection: milliseconds, and MB. */
const LIMITS = { 'find by _id': 1, 'indexed find of 20': 3, opening: 1_000, memory: 250 }

/** Columns of the table, one for each size. */
interface Figures {
  cells: Record<string, string>
  fine: boolean
}

/** The built-in database with so many documents, a tenth and a hundredth of them, beside plain SQLite. */
export async function measureDatabase(documents: number): Promise<Report> {
  const sizes = [documents / 100, documents / 10, documents].map(Math.round)
  const columns: Figures[] = []
  for (const size of sizes) columns.push(await figuresOf(size))
  const titles = Object.keys(columns[0]?.cells ?? {})
  return {
    rows: [
      ['documents', ...sizes.map(String)],
      ...titles.map((title) => [title, ...columns.map(({ cells }) => cells[title] ?? '')]),
    ],
    fine: columns.at(-1)?.fine ?? false,
    notes: [
      'Times: median and 95th percentile, over the socket. Opening: the process, the check of the file, the first answer.',
      `Promised of the last column: by _id below ${LIMITS['find by _id']} ms, 20 by index below ${LIMITS['indexed find of 20']} ms (medians), opening below 1 s, memory below ${LIMITS.memory} MB.`,
    ],
  }
}

async function figuresOf(size: number): Promise<Figures> {
  const own = new OwnDatabase()
  const cells: Record<string, string> = {}
  let fine = true
  const hold = (name: keyof typeof LIMITS, value: number) => {
    fine &&= !(value > LIMITS[name])
  }
  try {
    await own.open()
    await fill(own.client, size)
    await own.close()
    const opening = await own.open()
    hold('opening', opening)
    cells.opening = ms(opening)
    cells['memory after opening'] = megabytes(own.memory())
    const entries = own.client.db().collection('entries')
    await timesOf(entries, size, { title: '', times: 300, ask: (all, n) => all.findOne({ _id: n as never }) })
    for (const question of QUESTIONS) {
      const times = await timesOf(entries, size, question)
      if (question.title in LIMITS) hold(question.title as keyof typeof LIMITS, quantile(times, 0.5))
      cells[question.title] = `${precise(quantile(times, 0.5))} / ${precise(quantile(times, 0.95))}`
    }
    let next = size
    const from = () => next++
    for (const writers of WRITERS) {
      const rate = await writesPerSecond(entries, writers, WRITING_MS, from)
      cells[`writes a second, ${writers} at once`] = String(Math.round(rate))
    }
    cells['writes a second, plain SQLite'] = String(Math.round(plainWrites(own.folder, size)))
    hold('memory', own.memory())
    cells['memory after all this'] = megabytes(own.memory())
    return { cells, fine }
  } finally {
    await own.discard()
  }
}

function plainWrites(folder: string, size: number): number {
  const plain = new PlainSqlite(folder)
  plain.fill(size)
  const rate = plain.writesPerSecond(WRITING_MS)
  plain.close()
  return rate
}

const precise = (value: number): string => (value < 10 ? `${value.toFixed(2)} ms` : ms(value))
const megabytes = (value: number): string => (Number.isNaN(value) ? '?' : `${Math.round(value)} MB`)
