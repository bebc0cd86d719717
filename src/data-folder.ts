import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder (mode 700) and those above it. Throws file system errors. Not by mkdir's `recursive`: in a file system
 * that takes no folders, such as /proc, that never ends.
 */
export async function makeDataFolder(path: string): Promise<void> {
  const folder = resolve(path)
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return
    if (code !== 'ENOENT' || (await exists(dirname(folder)))) throw error
    await makeDataFolder(dirname(folder))
    await makeDataFolder(folder)
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
