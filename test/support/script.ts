import { spawn } from 'node:child_process'
import { PROJECT_ROOT } from '../../src/platform/project-root.js'

export interface ScriptResult {
  code: number | null
  stdout: string
  stderr: string
  /** Its last line of output as JSON. */
  json(): Record<string, unknown>
}

/** As its user runs it once it is built, as `npm test` has it; else from its source, which takes some seconds more. */
const programOf = (name: string) =>
  process.env.TEST_BUILT ? [`dist/scripts/${name}.js`] : ['--import', 'tsx', `scripts/${name}.ts`]

/** Starts a command of the product; the process is there at once, its end is awaited. */
export function startScript(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { INIT_CWD: _, MONGODB_URI: __, ...rest } = process.env
  const child = spawn(process.execPath, [...programOf(name), ...args], {
    cwd: PROJECT_ROOT,
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a test can end it with all that it started.
    detached: true,
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk
  })
  const json = () => {
    const last = stdout.trimEnd().split('\n').at(-1)
    if (!last?.startsWith('{')) throw new Error(`${name} did not end with JSON: ${stdout}${stderr}`)
    return JSON.parse(last) as Record<string, unknown>
  }
  const ended = new Promise<ScriptResult>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr, json }))
  })
  return { child, ended }
}

export const runScript = (name: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<ScriptResult> =>
  startScript(name, args, env).ended
