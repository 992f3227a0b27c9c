import { activeMarkupIn, shapesIn } from './markup.js'

/** What came back from one value in one field. */
export interface FieldAnswer {
  status: number
  /** Without parameters. */
  type: string
  text: string
  location: string
  /** Fields that the answer says are wrong. */
  wrong: readonly string[]
}

export interface FuzzedField {
  name: string
  /** Sends the value through the field alone, everything else being right. */
  send(value: string): Promise<FieldAnswer>
  /** What an answer may say is wrong; any other error means that the field was not reached. */
  own?: string
  /** Statuses that mean the field was read. */
  reached?: readonly number[]
  /** Every how manieth value is sent; 1 by default. */
  every?: number
}

const READ = [200, 303, 422]

export interface FuzzResult {
  /** Answers by field and status. */
  counts: Map<string, Map<number, number>>
  sent: number
  /** What is wrong, in words, each with the field and the value. */
  faults: string[]
}

/** Sends the values through every field, `atOnce` at a time, and judges each answer. `known`: shapes of markup that the product's pages have. */
export async function fuzz(
  fields: readonly FuzzedField[],
  values: readonly string[],
  { known, atOnce = 8 }: { known: ReadonlySet<string>; atOnce?: number },
): Promise<FuzzResult> {
  const result: FuzzResult = { counts: new Map(), sent: 0, faults: [] }
  const jobs = fields.flatMap((field, nth) => {
    const every = field.every ?? 1
    // Each field starts elsewhere, so that together they see every value.
    return values.filter((_, i) => i % every === nth % every).map((value) => ({ field, value }))
  })
  const work = async () => {
    for (let job = jobs.pop(); job; job = jobs.pop()) {
      const { field, value } = job
      const answer = await field.send(value)
      const counts = result.counts.get(field.name) ?? new Map<number, number>()
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1)
      result.counts.set(field.name, counts)
      result.sent++
      for (const fault of faultsOf(field, answer, known))
        result.faults.push(`${field.name} ${JSON.stringify(value.slice(0, 80))}: ${fault}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return result
}

function* faultsOf(field: FuzzedField, answer: FieldAnswer, known: ReadonlySet<string>): Generator<string> {
  const { status, type, text, location, wrong } = answer
  if (!(field.reached ?? READ).includes(status)) yield `status ${status}`
  const own = field.own ?? field.name
  if (status === 422 && !wrong.some((name) => name === own || name.startsWith(`${own}.`)))
    yield `wrong: ${wrong.join()}`
  if (location && !/^\/(?!\/)[\x21-\x7e]*$/.test(location)) yield `leads to ${location}`
  if (type === 'text/html') {
    for (const danger of activeMarkupIn(text)) yield danger
    for (const shape of shapesIn(text)) if (!known.has(shape)) yield `unknown markup: ${shape}`
  }
}

/** The counts as a table for people: a line for each field. */
export function countsTable({ counts, sent }: FuzzResult): string {
  const width = Math.max(...[...counts.keys()].map((name) => name.length))
  const lines = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, by]) => {
      const statuses = [...by].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
      return `${name.padEnd(width)}  ${statuses.join('  ')}`
    })
  return [`${sent} answers by field and status`, ...lines].join('\n')
}
