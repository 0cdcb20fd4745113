// Proves each dependency rule of docs/design.md: the linter and the compiler refuse the marked lines of test/layers.

import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '..')
const modules = join(root, 'node_modules')
const folders: string[] = []

/** A line of a fixture that must be refused, and the beginning of the reason. */
interface Refused {
  file: string
  line: number
  reason: string
}

/**
 * A mirror of the repository: the real configuration, and only fixtures as sources. It has no packages: the linter
 * would read them too, and needs none to judge an import by its name.
 */
async function mirror(fixtures: string, configuration: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-layers-'))
  folders.push(folder)
  await cp(join(root, 'test/layers', fixtures), folder, { recursive: true })
  for (const file of configuration) await cp(join(root, file), join(folder, file))
  return folder
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, 'test/layers', folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, 'test/layers', folder).length + 1))
    .map((file) => file.replaceAll('\\', '/'))
}

/** The lines that end in "// no: reason" (or "// no", where the tool's own words are the reason). */
async function marked(folder: string): Promise<Refused[]> {
  const found: Refused[] = []
  for (const file of await filesOf(folder)) {
    const lines = (await readFile(join(root, 'test/layers', folder, file), 'utf8')).split(/\r?\n/)
    lines.forEach((text, index) => {
      const mark = /\/\/ no(?:: (?<reason>.+))?$/.exec(text)
      if (mark) found.push({ file, line: index + 1, reason: mark.groups?.reason ?? '' })
    })
  }
  return found
}

/** What a tool prints; both tools end with 1 when they find something, which is what is wanted here. */
function output(tool: string, args: string[], folder: string): Promise<string> {
  return new Promise((done, fail) => {
    execFile(process.execPath, [join(modules, tool), ...args], { cwd: folder, maxBuffer: 1e8 }, (error, text, rest) => {
      if (error && typeof error.code !== 'number') fail(new Error(error.message))
      else if (text === '') fail(new Error(`${tool} printed nothing: ${rest}`))
      else done(text)
    })
  })
}

const place = (found: { file: string; line: number }) => `${found.file}:${found.line}`

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describe('the linter', () => {
  let expected: Refused[] = []
  let refused: Refused[] = []

  beforeAll(async () => {
    expected = await marked('imports')
    const folder = await mirror('imports', ['.oxlintrc.json', 'package.json'])
    const wanted = ['eslint(no-restricted-imports)', 'import(no-cycle)']
    const report = JSON.parse(await output('oxlint/bin/oxlint', ['--format=json', '.'], folder)) as OxlintReport
    refused = report.diagnostics
      .filter((diagnostic) => wanted.includes(diagnostic.code))
      .map(({ filename, labels, help, code }) => ({
        file: filename.replaceAll('\\', '/'),
        line: labels[0]?.span.line ?? 0,
        reason: code === 'import(no-cycle)' ? 'cycle' : help,
      }))
  })

  test('refuses every marked line and no other', () => {
    expect(expected.length).toBeGreaterThan(400)
    expect(refused.map(place).sort()).toEqual(expected.map(place).sort())
  })

  test('refuses each for the reason it is marked with', () => {
    const reasons = new Map(refused.map((one) => [place(one), one.reason]))
    const wrong = expected.filter((one) => !reasons.get(place(one))?.startsWith(one.reason))
    expect(wrong).toEqual([])
  })

  test('has no rule without a fixture that proves it', async () => {
    const { rules, overrides } = await configuration()
    const sentences = [rules, ...overrides.map((override) => override.rules)].flatMap(
      (each) => each['no-restricted-imports']?.[1].patterns.map((pattern) => pattern.message) ?? [],
    )
    expect(sentences).toEqual([...new Set(sentences)])
    expect([...new Set(refused.map((one) => one.reason))].sort()).toEqual([...sentences, 'cycle'].sort())
  })

  test.each([
    ['mechanisms', 'src-core/', ['signing', 'http', 'files', 'secrets']],
    ['areas', 'src-core/', ['banks', 'keys', 'access', 'requests', 'history', 'workspace', 'journeys', 'sandbox']],
    ['hosts', 'src-', ['main', 'local', 'cli']],
  ])('is tried on each of the %s', async (_kind, before, names) => {
    const tried = new Set(expected.map((one) => one.file))
    expect(names.filter((name) => !tried.has(`${before}${name}/layer.ts`))).toEqual([])
  })
})

describe('the compiler', () => {
  test('refuses every marked line and no other', async () => {
    const layers = ['src-shared', 'src-core', 'src-cli', 'src-sandbox']
    const configs = layers.map((layer) => `${layer}/tsconfig.json`)
    const folder = await mirror('types', ['package.json', 'tsconfig.base.json', ...configs])
    await symlink(modules, join(folder, 'node_modules'), 'junction')
    const text = await output('typescript/bin/tsc', ['-b', '--pretty', 'false', ...layers], folder)
    const errors = [...text.matchAll(/^(?<file>\S+)\((?<line>\d+),\d+\): error TS/gm)]
    const places = errors.map(({ groups }) => `${groups?.file?.replaceAll('\\', '/')}:${groups?.line}`)
    expect([...new Set(places)].sort()).toEqual((await marked('types')).map(place).sort())
  })
})

interface OxlintReport {
  diagnostics: { code: string; filename: string; help: string; labels: { span: { line: number } }[] }[]
}

interface Rules {
  'no-restricted-imports'?: [string, { patterns: { message: string }[] }]
}

/** The linter's configuration; its comments become YAML's, of which JSON is a part. */
async function configuration(): Promise<{ rules: Rules; overrides: { rules: Rules }[] }> {
  const text = await readFile(join(root, '.oxlintrc.json'), 'utf8')
  return parse(text.replaceAll(/^(\s*)\/\//gm, '$1#'))
}
