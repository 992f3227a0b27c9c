import type { ReadRow } from '../importing.types.js'
import type { Line } from './lines.js'

/** Rows of a JSONL file: one JSON object a line; blank lines are passed over. */
export async function* readJsonl(lines: AsyncIterable<Line>): AsyncIterable<ReadRow> {
  for await (const { number, text, fault } of lines) {
    if (!fault && text.trim() === '') continue
    const values = fault ? null : parseObject(text)
    yield values
      ? { ok: true, row: { line: number, values } }
      : { ok: false, problem: { line: number, field: null, code: fault ?? 'json' } }
  }
}

// A map, since a key of the file may be `__proto__`.
function parseObject(text: string): Map<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return new Map(Object.entries(value))
  } catch {
    return null
  }
}
