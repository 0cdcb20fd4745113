// Makes sure that the packages are installed and the programs built, and costs nearly nothing when they are.

import { installed, upToDate } from './fingerprint.mjs'

/** Installs if needed. What does the work is loaded only when there is some. */
export async function installedPackages() {
  if (installed()) return
  const { install } = await import('./install.mjs')
  await install()
}

/** Installs and builds if needed. */
export async function ready() {
  await installedPackages()
  if (upToDate()) return
  const { build } = await import('./build.mjs')
  await build()
}
