import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import { chainModels, type Head } from './chain.model.js'

/** The newest link this instance knows, kept outside the database: what the chain must hold for ever. */
export interface NotedHead {
  /** Null while there is none. @throws when the file is not one of ours. */
  read(): Head | null
  /** False, and the note stays, when the chain does not hold what was noted before. */
  note(head: Head): Promise<boolean>
}

const FILE = 'audit-head'

export function notedHead(dataDir: string, db: Connection): NotedHead {
  const { links } = chainModels(db)
  const path = join(dataDir, FILE)
  const read = () => {
    const text = textOf(path)
    return text === null ? null : parseHead(text)
  }
  return {
    read,
    note: async (head) => {
      const noted = read()
      if (noted?.seq === head.seq && noted.link === head.link) return true
      if (noted && (await links.findById(noted.seq).lean())?.link !== noted.link) return false
      // Another instance with the same folder was faster; the note never goes back.
      if (noted && noted.seq > head.seq) return true
      const draft = `${path}.${randomBytes(6).toString('hex')}`
      writeFileSync(draft, `${writtenHead(head)}\n`, { flag: 'wx', mode: 0o600, flush: true })
      renameSync(draft, path)
      return true
    },
  }
}

/** As people note it: `1234:9f86d0…`. */
export const writtenHead = ({ seq, link }: Head): string => `${seq}:${link}`

/** @throws {RangeError} for anything that is no head. */
export function parseHead(text: string): Head {
  const [, seq, link] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (!seq || !link)
    throw new RangeError(`"${text.trim()}" is no head of the audit chain: NUMBER:64 hexadecimal digits`)
  return { seq: Number(seq), link }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
  }
}
