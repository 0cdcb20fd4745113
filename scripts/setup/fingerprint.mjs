// Tells in a few milliseconds whether packages and programs are still those of the present files.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { built, modules, root } from './places.mjs'

const installStamp = join(modules, '.tpp-installed')
const buildStamp = join(built, '.tpp-built')

/** The packages that package-lock.json asks for. */
export function packagesWanted() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/** What a build would read. Tests are no part of it: changing one must not cost a build. */
export function sourcesWanted() {
  const hash = createHash('sha256')
  const folders = readdirSync(root).filter((name) => name.startsWith('src-'))
  for (const file of ['electron.vite.config.ts', 'package.json', 'package-lock.json']) add(hash, file)
  for (const folder of [...folders.sort(), join('resources', 'banks')]) walk(hash, folder)
  return hash.digest('hex')
}

function walk(hash, folder) {
  let entries = []
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true })
  } catch (failure) {
    if (failure.code !== 'ENOENT') throw failure
  }
  entries.sort((one, other) => (one.name < other.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) walk(hash, path)
    else if (!/\.test\.tsx?$/.test(entry.name)) add(hash, path)
  }
}

function add(hash, file) {
  const found = statSync(join(root, file), { throwIfNoEntry: false })
  if (found) hash.update(`${file}\0${found.size}\0${found.mtimeMs}\n`)
}

function read(stamp) {
  try {
    return readFileSync(stamp, 'utf8')
  } catch (failure) {
    if (failure.code === 'ENOENT') return undefined
    throw failure
  }
}

export const installed = () => read(installStamp) === packagesWanted()
export const markInstalled = () => writeFileSync(installStamp, packagesWanted())

export const upToDate = () => read(buildStamp) === sourcesWanted()
/** @param {string} sources taken before the build began: what changes while it runs is for the next one */
export const markBuilt = (sources) => writeFileSync(buildStamp, sources)
