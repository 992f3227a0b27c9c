import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.js'

/** The product as its user runs it: `npm start`, in a data folder of its own. */
export interface RunningProduct {
  npm: ChildProcess
  url: string
  dataDir: string
  /** Ids of npm's process and all below it, as they are now. */
  processes(): number[]
  /** All it has printed so far. */
  output(): string
  /** Resolves with npm's exit code, null when it died of a signal. */
  ended: Promise<number | null>
  /** Ends whatever is left and removes the data. */
  cleanUp(): Promise<void>
}

/** Runs `npm start` and resolves when it prints its address. */
export async function startByNpm(
  env: NodeJS.ProcessEnv = {},
  dataDir = mkdtempSync(join(tmpdir(), 'run-')),
): Promise<RunningProduct> {
  const port = await freePort()
  const npm = spawn('npm', ['start'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that whatever is left can be ended without touching the test.
    detached: true,
  })
  let output = ''
  const ended = new Promise<number | null>((resolve) => npm.once('close', (code) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (/Cầu Nối Số: http/.test(output)) resolve()
    }
    npm.stdout?.on('data', read)
    npm.stderr?.on('data', read)
    void ended.then((code) => reject(new Error(`npm start ended with ${code}:\n${output}`)))
  })
  return {
    npm,
    url: `http://127.0.0.1:${port}`,
    dataDir,
    ended,
    output: () => output,
    processes: () => [npm.pid ?? 0, ...descendants(npm.pid ?? 0)],
    cleanUp: async () => {
      try {
        process.kill(-(npm.pid ?? 0), 'SIGKILL')
      } catch {
        // Nothing was left.
      }
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Whether a process still runs. A zombie, which only waits to be asked for its exit code, does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

function descendants(pid: number): number[] {
  let children: number[] = []
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    // It has just ended.
  }
  return children.flatMap((child) => [child, ...descendants(child)])
}
