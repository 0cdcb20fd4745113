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

/**
 * A browser without a screen still makes pages for its own address bar, two with every window: a quarter of the
 * processor time of these tests. The rest of the list is Playwright's own, as the browser heeds the last list alone.
 */
const withoutFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]
const features = `--disable-features=${withoutFeatures.join(',')}`

export default defineConfig({
  testDir: '.',
  globalSetup: './compiled.ts',
  outputDir: '../.cache/e2e',
  fullyParallel: false,
  // A test waits for its window half of the time. Each file has a workbench, ports and a browser of its own.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.TPP_E2E_JSON ? [['list'], ['json', { outputFile: process.env.TPP_E2E_JSON }]] : 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    // A failure is told with the page's roles and names, and a picture; a trace is work at every click.
    screenshot: 'only-on-failure',
    trace: process.env.TPP_E2E_TRACE === '1' ? 'retain-on-failure' : 'off',
    permissions: ['clipboard-write'],
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: [...asRoot, ...quiet, features],
    },
  },
})
