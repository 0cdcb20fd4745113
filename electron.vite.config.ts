// Builds into out/: the programs with everything they need but native code, the preload, and the window.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'electron-vite'

const here = import.meta.dirname
const { dependencies } = JSON.parse(readFileSync(resolve(here, 'package.json'), 'utf8'))

/** keytar is native code, found at run time; bundling the rest halves the time a command takes to start. */
const bundled = Object.keys(dependencies).filter((name) => name !== 'keytar')

const main: UserConfig['main'] = {
  build: {
    outDir: resolve(here, 'out/main'),
    // A program that is running may yet load its parts: scripts/setup/build.mjs removes them a day later.
    emptyOutDir: false,
    sourcemap: true,
    externalizeDeps: { exclude: bundled },
    rolldownOptions: {
      // Split into parts, modules would otherwise run out of order: @peculiar/x509 before reflect-metadata.
      output: { strictExecutionOrder: true },
      input: {
        tpp: resolve(here, 'src-cli/index.ts'),
        sandbox: resolve(here, 'src-sandbox/index.ts'),
        local: resolve(here, 'src-local/index.ts'),
        index: resolve(here, 'src-main/index.ts'),
        'bank-import': resolve(here, 'src-core/banks/import/import-worker.ts'),
        'report-read': resolve(here, 'src-core/requests/report/report-worker.ts'),
      },
    },
  },
}

const preload: UserConfig['preload'] = {
  build: {
    outDir: resolve(here, 'out/preload'),
    emptyOutDir: false,
    // In its sandbox a preload can require electron and nothing else, and cannot be a module.
    externalizeDeps: false,
    rolldownOptions: {
      input: { index: resolve(here, 'src-preload/index.ts') },
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
}

const page = resolve(here, 'src-renderer/index.html')

const renderer: UserConfig['renderer'] = {
  root: resolve(here, 'src-renderer'),
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(here, 'out/renderer'),
    emptyOutDir: false,
    minify: true,
    // The same window runs in a person's browser tab, not only in Electron's Chromium.
    target: 'es2022',
    cssTarget: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
    // The content security policy allows files of our own and nothing inline.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { index: page },
      output: {
        codeSplitting: {
          groups: [
            {
              // The editor is the heaviest part and comes when it is first needed.
              name: 'editor',
              test: /node_modules[\\/](codemirror|@codemirror|@lezer|@marijn|crelt|style-mod|w3c-keyname)[\\/]/,
            },
          ],
        },
      },
    },
  },
}

export default defineConfig({ main, preload, ...(existsSync(page) ? { renderer } : {}) })
