import { type ChildProcess, fork } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TableRow, UnreadableFile } from '../importing.types.js'
import type { Told } from './child.js'
import { isWorkbook, readUpload } from './upload.js'

/** Longest that reading a file may take, in ms, and the heap it may use, in MB. */
const MOST_MS = 120_000
const MOST_HEAP = 768

/**
 * Reads an uploaded file, a workbook or a large text in a process of its own, so that neither its size nor a mistake in a reader of formats costs the product
 * more than that process: it is ended when it takes too long, and ends by itself when it wants too much memory.
 * @throws {UnreadableFile} when the file cannot be read.
 */
export async function* readApart(path: string): AsyncIterable<string[] | TableRow> {
  if (await isSmallText(path)) {
    yield* readUpload(path)
    return
  }
  const child = startReader(path)
  const timer = setTimeout(() => child.kill('SIGKILL'), MOST_MS)
  try {
    for await (const told of messages(child)) {
      if (told.type === 'unreadable') throw new UnreadableFile('the file cannot be read', told.code, told.params)
      if (told.type === 'end') return
      if (told.type === 'columns') yield told.columns
      else yield* told.rows
    }
    throw new UnreadableFile('reading took too long or too much memory', 'bomb')
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}

/** A text of this size is read faster than a process starts, and cannot become more than it is. */
const SMALL = 2 ** 20

async function isSmallText(path: string): Promise<boolean> {
  const { size } = await stat(path)
  return size <= SMALL && !(await isWorkbook(path))
}

function startReader(path: string): ChildProcess {
  const own = fileURLToPath(import.meta.url)
  const fromSource = own.endsWith('.ts')
  const file = fileURLToPath(new URL(fromSource ? './child.ts' : './child.js', import.meta.url))
  return fork(file, [path], {
    execArgv: [`--max-old-space-size=${MOST_HEAP}`, ...(fromSource ? ['--import', import.meta.resolve('tsx')] : [])],
    // Nothing of the product's settings is its business.
    // What it puts aside lies beside the file, and goes with it, also when the process is ended in the middle.
    env: { PATH: process.env.PATH, TMPDIR: dirname(path) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
}

/** What the child tells, one after the other; ends when the child does. */
async function* messages(child: ChildProcess): AsyncIterable<Told> {
  for (;;) {
    const told = await new Promise<Told | null>((resolve) => {
      const done = (value: Told | null) => {
        child.off('message', hear)
        child.off('exit', ended)
        child.off('error', ended)
        resolve(value)
      }
      const hear = (message: unknown) => done(message as Told)
      const ended = () => done(null)
      child.once('message', hear)
      child.once('exit', ended)
      child.once('error', ended)
      if (child.exitCode !== null || child.signalCode !== null) ended()
    })
    if (!told) return
    yield told
    if (child.connected) child.send('next')
  }
}
