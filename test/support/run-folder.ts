import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Holds what the processes of one run make for several test files. */
    folder: string
  }
}

/** Memory as a folder, where the system has one, and what must be free in it: several times what a run has there at once. */
const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 2 * 2 ** 30

/**
 * Gives a run its folder, where its processes keep all that is temporary, and takes it away at the end: a worker that is ended cannot.
 * In memory no commit waits for a disk, which would prove nothing here: what a killed process has handed over, the system keeps either way.
 */
export default function setup({ provide }: TestProject) {
  // Without capitals, as a database that poses as a replica set needs it.
  const folder = join(hasRoom(MEMORY) ? MEMORY : tmpdir(), `tests-${randomUUID().slice(0, 8)}`)
  mkdirSync(folder, { mode: 0o700 })
  process.env.TMPDIR = folder
  provide('folder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= ENOUGH_BYTES
  } catch {
    return false
  }
}
