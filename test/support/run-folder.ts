import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Holds what the processes of one run make for several test files. */
    folder: string
  }
}

/** Gives a run its folder, and takes it away at the end: a worker that is ended cannot. */
export default function setup({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'))
  provide('folder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
