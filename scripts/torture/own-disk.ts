import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../support/command.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'
import { filledIn, type ReadOnly, type SmallDisk } from './small-disk.js'

const SIZE_MB = 48

/**
 * Mounts a file system on a throw-away folder: of ext4, which goes read-only under who has files open, as when it meets an error, or
 * where there can be none, of memory.
 * @throws UsageError where this process may not
 */
export async function ownDisk(): Promise<SmallDisk> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new UsageError(
      'NOT RUN: root alone may mount a small file system, on Linux. Make one, and name a folder on it with --folder.',
    )
  const folder = await throwAwayFolder('full')
  const mount = join(folder, 'disk')
  mkdirSync(mount)
  let mounted = true
  const release = () => {
    // Lazily: a process that has just been killed may still have files open.
    if (mounted) run('umount', '--lazy', mount)
    mounted = false
  }
  const disk = mountOne(join(folder, 'image'), mount)
  // Whatever has the process exit, and before the folder goes.
  process.prependOnceListener('exit', release)
  return { ...filledIn(mount), ...disk, release }
}

function mountOne(image: string, mount: string): Pick<SmallDisk, 'notes' | 'readOnly'> {
  try {
    const readOnly = mountExt4(image, mount)
    return { readOnly, notes: [`on ext4, of ${SIZE_MB} MB`] }
  } catch (error) {
    const why = `NOT TRIED: read-only under writers, since no ext4 could be mounted (${(error as Error).message})`
    return { readOnly: mountTmpfs(mount), notes: [`on tmpfs, of ${SIZE_MB} MB`, why] }
  }
}

function mountExt4(image: string, mount: string): ReadOnly {
  const file = openSync(image, 'wx', 0o600)
  ftruncateSync(file, SIZE_MB * 2 ** 20)
  closeSync(file)
  run('mkfs.ext4', '-q', '-m', '0', image)
  const attach = () => run('mount', '-o', 'loop,errors=remount-ro', image, mount)
  attach()
  return {
    underUse: true,
    // As when ext4 finds an error: the journal ends there, and from then on nothing can be written.
    begin: () => run('mount', '-o', 'remount,abort', mount),
    end() {
      run('umount', mount)
      run('fsck.ext4', '-p', image)
      attach()
    },
  }
}

function mountTmpfs(mount: string): ReadOnly {
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', mount)
  } catch (error) {
    throw new UsageError(
      `NOT RUN: no file system can be mounted here (${(error as Error).message}). Name a folder on a small one with --folder.`,
    )
  }
  return {
    underUse: false,
    begin: () => run('mount', '-o', 'remount,ro', mount),
    end: () => run('mount', '-o', 'remount,rw', mount),
  }
}

function run(program: string, ...args: string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw error
  if (status !== 0 && !(program.startsWith('fsck') && status === 1)) throw new Error(`${program}: ${stderr.trim()}`)
}
