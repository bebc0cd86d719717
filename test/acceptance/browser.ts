import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const PACKAGE = fileURLToPath(new URL('../bin', import.meta.resolve('@sparticuz/chromium')))
const CACHE = join(import.meta.dirname, '../../node_modules/.cache')
const FOLDER = join(CACHE, 'chromium')

/** A browser for as long as a test runs; see `launchBrowser`. */
export async function openBrowser(t: TestContext): Promise<Browser | null> {
  const browser = await launchBrowser()
  if (browser !== null) t.after(() => browser.close())
  return browser
}

/**
 * A browser: the one that TEST_BROWSER names, else the one that comes as a package, unpacked when first asked
 * for. Null where neither runs on this machine. Whoever asks closes it.
 */
export async function launchBrowser(): Promise<Browser | null> {
  const own = process.env['TEST_BROWSER']
  const isPackaged = process.platform === 'linux' && process.arch === 'x64'
  if (own === undefined && !isPackaged) return null
  const executablePath = own ?? (await unpacked())
  const args = ['--no-sandbox', '--disable-gpu']
  return await chromium
    .launch({ executablePath, args })
    // A bare machine lacks libraries and fonts; the package brings them.
    .catch(() => chromium.launch({ executablePath, args, env: { ...process.env, ...bareMachine() } }))
}

function bareMachine() {
  return { LD_LIBRARY_PATH: join(FOLDER, 'al2023/lib'), FONTCONFIG_PATH: join(FOLDER, 'fonts') }
}

async function unpacked(): Promise<string> {
  const executable = join(FOLDER, 'chromium')
  if (existsSync(executable)) return executable
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'chromium-'))
  const before = process.env['TMPDIR']
  // The package unpacks to where temporary files go, which others could write to.
  process.env['TMPDIR'] = folder
  try {
    for (const file of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br']) await inflate(join(PACKAGE, file))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  // Another test may have been quicker.
  await rename(folder, FOLDER).catch(() => rm(folder, { recursive: true }))
  return executable
}
