// The window as a person uses it, in a Chromium-family browser that is there already: nothing is downloaded.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { defineConfig } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
const folders = (process.env.PATH ?? '').split(delimiter)
const browser =
  process.env.TPP_BROWSER ??
  names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))

/** Chromium refuses to run as root with its sandbox; tests run as root in containers only. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

export default defineConfig({
  testDir: '.',
  outputDir: '../.cache/e2e',
  fullyParallel: false,
  // Two at once save little on two processors, and a window then lags behind its engine.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.TPP_E2E_JSON ? [['list'], ['json', { outputFile: process.env.TPP_E2E_JSON }]] : 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    trace: { mode: 'retain-on-failure', screenshots: false },
    permissions: ['clipboard-write'],
    launchOptions: { ...(browser === undefined ? {} : { executablePath: browser }), args: [...asRoot, ...quiet] },
  },
})
