/** The Chromium-family browser that is on the machine; TPP_BROWSER names one that is not on the path. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']

export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return process.env.TPP_BROWSER ?? places.find((path) => existsSync(path))
}
