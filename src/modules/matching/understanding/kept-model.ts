import { closeSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PROJECT_ROOT } from '../../../platform/project-root.js'
import { ANALYSER_VERSION } from '../../../platform/search/index.js'
import { countField, type FieldModel, readHolders, writeHolders } from './field-model.rules.js'
import type { ToldTexts } from './told-texts.js'

/** Raised when features are counted or written otherwise: the build then writes its files anew. */
const FORMAT = 4

interface Written {
  /** Of the texts, and of how words are read. */
  of: string
  kinds: FieldModel['kinds']
  /** By feature, a line that `readHolders` reads. */
  holders: Record<string, string>
}

/** How often texts hold features, counted once by the build for all who start: counting takes a second or two, reading a tenth of it. */
export interface KeptModel {
  /** As the build wrote it, or counted here when it is of other texts. `of` changes with the texts and with how they are read. */
  model(): FieldModel & { of: string }
  /** Writes it for those who start after this; leaves one of the same texts alone. */
  write(): void
}

/** The model of texts that stand in the repository, kept in `dist/<name>.json`. */
export function keptModel(name: string, textsOf: () => ToldTexts): KeptModel {
  const file = join(PROJECT_ROOT, `dist/${name}.json`)
  let known: (FieldModel & { of: string }) | null = null
  return {
    model: () => {
      known ??= counted(file, textsOf())
      return known
    },
    write: () => writeModel(file, textsOf()),
  }
}

function counted(file: string, texts: ToldTexts): FieldModel & { of: string } {
  const of = formOf(texts)
  return { ...(readModel(file, of) ?? countField(texts.kinds())), of }
}

function writeModel(file: string, texts: ToldTexts): void {
  const of = formOf(texts)
  if (isWritten(file, of)) return
  const { kinds, holders } = countField(texts.kinds())
  const lines = [...holders.keys()].map((key) => [key, writeHolders(holders.get(key) ?? [])])
  const written: Written = { of, kinds, holders: Object.fromEntries(lines) }
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}`
  writeFileSync(beside, JSON.stringify(written))
  renameSync(beside, file)
}

/** How a file of the texts begins. */
const headOf = (of: string) => `{"of":${JSON.stringify(of)},`

/** Whether the file is of these texts, by its head alone: every start asks, and it is put in place whole. */
function isWritten(path: string, of: string): boolean {
  const head = Buffer.from(headOf(of))
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return false
  }
  try {
    const read = Buffer.alloc(head.length)
    return readSync(file, read) === head.length && read.equals(head)
  } finally {
    closeSync(file)
  }
}

const formOf = ({ digest }: ToldTexts) => `${FORMAT} ${ANALYSER_VERSION} ${digest}`

function readModel(file: string, of: string): FieldModel | null {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  // Of other texts: not worth reading whole.
  if (!content.startsWith(headOf(of))) return null
  const { kinds, holders } = JSON.parse(content) as Written
  const lines = new Map(Object.entries(holders))
  const get = (key: string) => {
    const line = lines.get(key)
    return line === undefined ? undefined : readHolders(line)
  }
  return { kinds, holders: { get, keys: () => lines.keys() } }
}
