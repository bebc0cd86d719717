import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Why this machine can't keep a process apart; false when it can. */
export function obstacle(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux to make a network'
  try {
    for (const [tool, ...args] of [
      ['unshare', '-n', 'ip', 'link', 'set', 'lo', 'up'],
      ['nsenter', '--version'],
      ['setpriv', '--version'],
    ] as const) {
      execFileSync(tool, args, { stdio: 'ignore' })
    }
    return false
  } catch {
    return 'can make no network here (unshare, nsenter, setpriv and ip are needed)'
  }
}

/**
 * Runs a script of this folder in a network and a view of the file system of its own, after the shell commands of
 * `setUp` (which find the arguments as $2, $3 …), behind what `start` says. Returns what it printed.
 */
export async function runApart(script: string, args: string[], { setUp = '', start = '' }): Promise<string> {
  const commands = `set -e\nip link set lo up\n${setUp}\n${start} "$0" "$1" "$2"`
  const path = join(import.meta.dirname, script)
  const all = ['-n', '-m', 'sh', '-c', commands, process.execPath, path, ...args]
  const { stdout } = await promisify(execFile)('unshare', all, { timeout: 60_000 })
  return stdout
}
