import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { EJSON } from 'bson'
import type { Document } from 'mongodb'

/** A file of tests in the unified test format. */
export interface SpecFile {
  /** Folder as the figures name it. */
  folder: string
  file: string
  schemaVersion: string
  runOnRequirements?: Document[]
  createEntities?: Document[]
  initialData?: Document[]
  tests: SpecTest[]
}

export interface SpecTest {
  description: string
  skipReason?: string
  runOnRequirements?: Document[]
  operations: Document[]
  expectEvents?: Document[]
  expectLogMessages?: Document[]
  expectTracingMessages?: Document[]
  outcome?: Document[]
}

/** The files of the unified format beneath a folder, by name; JSON of any other form is passed over. */
export async function readSpecFiles(root: string): Promise<SpecFile[]> {
  const paths = (await readdir(root, { recursive: true })).filter((path) => path.endsWith('.json')).sort()
  const files = await Promise.all(
    paths.map(async (path) => {
      const content = EJSON.parse(await readFile(join(root, path), 'utf8'), { relaxed: true })
      const folder = relative(process.cwd(), dirname(join(root, path)))
      return { ...content, folder, file: path.slice(path.lastIndexOf('/') + 1) } as SpecFile
    }),
  )
  return files.filter(({ schemaVersion, tests }) => typeof schemaVersion === 'string' && Array.isArray(tests))
}
