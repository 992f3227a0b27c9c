import { closeSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PROJECT_ROOT } from '../../../platform/project-root.js'
import { ANALYSER_VERSION } from '../../../platform/search/index.js'
import { countField, type FieldModel, readHolders, writeHolders } from './field-model.rules.js'
import { fieldTexts } from './field-texts.js'

/** Counting takes a second or two, reading what was counted a tenth of it; so the build counts. */
const FILE = join(PROJECT_ROOT, 'dist/field-model.json')

/** Raised when features are counted or written otherwise: the build then writes its file anew. */
const FORMAT = 4

interface Written {
  /** Of the texts, and of how words are read. */
  of: string
  kinds: FieldModel['kinds']
  /** By feature, a line that `readHolders` reads. */
  holders: Record<string, string>
}

let known: (FieldModel & { of: string }) | null = null

/** The model of the field's texts: as the build wrote it, or counted here when it is of other texts. */
export function fieldModel(): FieldModel & { of: string } {
  known ??= counted()
  return known
}

function counted(): FieldModel & { of: string } {
  const texts = fieldTexts()
  const of = formOf(texts)
  return { ...(readModel(of) ?? countField(texts.kinds())), of }
}

/** Changes with the field's texts and with how they are read: what was read by others is to be read anew. */
export const fieldVersion = (): string => fieldModel().of

/** Writes the model for those who start after this; leaves one of the same texts alone. */
export function writeFieldModel(): void {
  const texts = fieldTexts()
  const of = formOf(texts)
  if (isWritten(of)) return
  const { kinds, holders } = countField(texts.kinds())
  const lines = [...holders.keys()].map((key) => [key, writeHolders(holders.get(key) ?? [])])
  const written: Written = { of, kinds, holders: Object.fromEntries(lines) }
  mkdirSync(dirname(FILE), { recursive: true })
  const beside = `${FILE}.${process.pid}`
  writeFileSync(beside, JSON.stringify(written))
  renameSync(beside, FILE)
}

/** How a file of the texts begins. */
const headOf = (of: string) => `{"of":${JSON.stringify(of)},`

/** Whether the file is of these texts, by its head alone: every start asks, and it is put in place whole. */
function isWritten(of: string): boolean {
  const head = Buffer.from(headOf(of))
  let file: number
  try {
    file = openSync(FILE, 'r')
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

const formOf = ({ digest }: { digest: string }) => `${FORMAT} ${ANALYSER_VERSION} ${digest}`

function readModel(of: string): FieldModel | null {
  let content: string
  try {
    content = readFileSync(FILE, 'utf8')
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
