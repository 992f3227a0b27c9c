import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../../platform/project-root.js'

/** Words that make another matter of the name of a service or trade right beside them: who rents a cold store manages none. */
export interface OtherMatter {
  /** As the taxonomy has them. */
  names: readonly string[]
  before: readonly string[]
  after: readonly string[]
  /** Only the name is another matter, and what stands behind it is not: "xây dựng website" is no building, and asks for a website. */
  keepsRest?: boolean
}

const FILE = join(PROJECT_ROOT, 'src/modules/matching/data/other-matters.json')

let read: readonly OtherMatter[] | undefined

/** Those that the product comes with, read once. */
export function otherMatters(): readonly OtherMatter[] {
  read ??= JSON.parse(readFileSync(FILE, 'utf8')) as readonly OtherMatter[]
  return read
}
