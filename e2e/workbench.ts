/** A workbench of its own per test file: the built local host, a fresh data folder, a vault, the sandbox it starts. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { test as base, expect, type Page } from '@playwright/test'

const out = resolve(import.meta.dirname, '../out/main')
const run = promisify(execFile)

export const passphrase = 'correct horse battery staple'

export interface Workbench {
  readonly home: string
  /** A fresh start link; each opens one browser, once. */
  link(): Promise<string>
  /** A command of the terminal over the same data folder. */
  tpp<Document = unknown>(...args: string[]): Promise<Document>
  stop(): Promise<void>
}

function environmentOf(home: string, extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...rest } = process.env
  return { ...rest, TPP_HOME: home, TPP_PASSPHRASE_FILE: '', ...extra }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolveLine, reject) => {
    let output = ''
    let complaints = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.includes('\n')) resolveLine(output.slice(0, output.indexOf('\n')))
    })
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      complaints += chunk
    })
    child.once('exit', (code) => reject(new Error(`the local host ended with ${code}: ${complaints}`)))
  })
}

/** `extra` goes into the host's environment. */
export async function startWorkbench(extra: NodeJS.ProcessEnv = {}): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-e2e-'))
  const home = join(folder, 'data')
  const passphraseFile = join(folder, 'passphrase')
  await writeFile(passphraseFile, passphrase, { mode: 0o600 })
  const environment = environmentOf(home, extra)
  const host = spawn(process.execPath, [join(out, 'local.js')], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
  const { url } = JSON.parse(await firstLine(host)) as { url: string }
  let first: string | null = url
  const tpp = async <Document>(...args: string[]): Promise<Document> => {
    const { stdout } = await run(process.execPath, [join(out, 'tpp.js'), ...args, '--json'], {
      env: { ...environment, TPP_PASSPHRASE_FILE: passphraseFile },
    })
    return JSON.parse(stdout) as Document
  }
  return {
    home,
    tpp,
    async link() {
      const fresh = first
      first = null
      return fresh ?? (await tpp<{ url: string }>('serve', '--link')).url
    },
    async stop() {
      host.kill('SIGTERM')
      await new Promise((gone) => host.once('exit', gone))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One workbench for the tests of a file, in a vault that is open already. */
export const test = base.extend<{ window: Page }, { workbench: Workbench }>({
  workbench: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
      await use(workbench)
      await workbench.stop()
    },
    { scope: 'worker' },
  ],
  window: async ({ workbench, page }, use) => {
    await page.goto(await workbench.link())
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
    await openVault(page)
    await use(page)
  },
})

/** Types the passphrase where the window asks for it; the first one makes the vault. */
export async function openVault(page: Page): Promise<void> {
  const status = page.getByRole('contentinfo').getByRole('button', { name: /vault/ })
  await expect(status).toBeVisible()
  if (/ready/.test((await status.textContent()) ?? '')) return
  await status.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/passphrase/i).fill(passphrase)
  await dialog.getByRole('button', { name: /the vault$/ }).click()
  await expect(dialog).toBeHidden()
}

export const go = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true }).click()

export { expect } from '@playwright/test'
