import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const program = resolve(import.meta.dirname, 'index.ts')
const terminal = resolve(import.meta.dirname, '../src-cli/index.ts')
const builtWindow = resolve(import.meta.dirname, '../out/renderer/index.html')
if (!existsSync(builtWindow))
  process.stderr.write('Two tests of tpp serve are skipped: the window is not built (npm run build).\n')
const linux = process.platform === 'linux'

let scratch: string
let windowFolder: string
let dataFolder: string
const running = new Set<ChildProcess>()

interface Running {
  readonly child: ChildProcess
  readonly url: string
  readonly ended: Promise<number | null>
  stdout(): string
  stderr(): string
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tpp-local-program-'))
  windowFolder = join(scratch, 'window')
  await mkdir(windowFolder)
  await writeFile(join(windowFolder, 'index.html'), '<!doctype html><title>window</title>')
})
afterEach(async () => {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise<void>((done) => {
          child.once('exit', () => done())
          child.kill('SIGTERM')
        }),
    ),
  )
  dataFolder = ''
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

function launch(file: string, args: readonly string[]) {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, TPP_HOME: dataFolder, TPP_SECRETS: 'vault' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  const texts = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text
  })
  const ended = new Promise<number | null>((done) => {
    child.once('close', (exit) => {
      running.delete(child)
      done(exit)
    })
  })
  return { child, ended, stdout: () => texts.stdout, stderr: () => texts.stderr }
}

async function start(args: readonly string[], file = program): Promise<Running> {
  dataFolder ||= await mkdtemp(join(scratch, 'data-'))
  const launched = launch(file, args)
  await Promise.race([expect.poll(launched.stdout, { timeout: 25_000 }).toContain('\n'), launched.ended])
  const line = JSON.parse(launched.stdout().split('\n')[0] ?? '') as { ready?: boolean; url?: string }
  if (line.ready !== true) throw new Error(launched.stdout() + launched.stderr())
  return { ...launched, url: line.url! }
}
const serve = (...args: string[]) => start(['--window', windowFolder, '--no-sandbox-start', ...args])

async function fails(args: readonly string[], file = program) {
  dataFolder ||= await mkdtemp(join(scratch, 'data-'))
  const { ended, stdout, stderr } = launch(file, args)
  const exit = await ended
  return { exit, stderr: stderr(), fault: (JSON.parse(stdout()) as { fault: { code: string; message: string } }).fault }
}

const tokenOf = (url: string): string => new URL(url).hash.slice('#start='.length)

async function opens(url: string): Promise<boolean> {
  const { origin } = new URL(url)
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ start: tokenOf(url) }),
  })
  return response.status === 204
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** `address:port` in hexadecimal of every socket on which a process listens. */
async function listeners(pid: number): Promise<string[]> {
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  )
  const inodes = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(1)).map((row) => row.trim().split(/\s+/))
  return rows.filter((row) => row[3] === '0A' && inodes.has(row[9]!)).map((row) => row[1]!)
}

describe('the program', () => {
  it('says once where it is, and that link opens it', async () => {
    const host = await serve()
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#start=[A-Za-z0-9_-]{43}$/)
    expect(await opens(host.url)).toBe(true)
    expect(await opens(host.url)).toBe(false)
    expect(host.stdout().trim().split('\n')).toHaveLength(1)
  })

  it.runIf(linux)('L1: listens on 127.0.0.1 and nowhere else, on a port of its own each time', async () => {
    const [one, two] = [await serve(), await serve()]
    const ports = [one, two].map(({ url }) => Number(new URL(url).port))
    expect(ports[0]).not.toBe(ports[1])
    for (const [index, { child }] of [one, two].entries()) {
      const port = ports[index]!.toString(16).toUpperCase().padStart(4, '0')
      expect(await listeners(child.pid!)).toEqual([`0100007F:${port}`])
    }
  })

  it.runIf(linux)('L2: shows the token on its ready line and nowhere else', async () => {
    const host = await serve('--open')
    const token = tokenOf(host.url)
    await opens(host.url)
    await opens(host.url)
    const files = (await readdir(dataFolder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())
    const texts = await Promise.all([
      ...['cmdline', 'environ'].map((name) => readFile(`/proc/${host.child.pid}/${name}`, 'latin1')),
      ...files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
    ])
    texts.push(host.stderr(), host.stdout().split('\n').slice(1).join('\n'))
    expect(texts.filter((text) => text.includes(token))).toEqual([])
  })

  it('L2: leaves a note only its owner can read, and takes it away again', async () => {
    const host = await serve()
    const note = join(dataFolder, 'serving', `${host.child.pid}.json`)
    if (process.platform !== 'win32') {
      expect((await stat(note)).mode & 0o777).toBe(0o600)
      expect((await stat(join(dataFolder, 'serving'))).mode & 0o777).toBe(0o700)
    }
    host.child.kill('SIGTERM')
    expect(await host.ended).toBe(0)
    expect(existsSync(note)).toBe(false)
  })

  it('gives a fresh link to whoever asks by the note, and the first one stays good', async () => {
    const host = await serve()
    const { url } = await start(['--link'])
    expect(new URL(url).port).toBe(new URL(host.url).port)
    expect(url).not.toBe(host.url)
    expect([await opens(url), await opens(url), await opens(host.url)]).toEqual([true, false, true])
  })

  it('gives the link of the host started last, and passes over one that was killed', async () => {
    const first = await serve()
    const second = await serve()
    expect(new URL((await start(['--link'])).url).port).toBe(new URL(second.url).port)
    second.child.kill('SIGKILL')
    await second.ended
    expect(new URL((await start(['--link'])).url).port).toBe(new URL(first.url).port)
    expect(await readdir(join(dataFolder, 'serving'))).toEqual([`${first.child.pid}.json`])
  })

  it('says that none runs', async () => {
    expect(await fails(['--link'])).toMatchObject({ exit: 3, fault: { code: 'SERVE_DOWN' } })
  })

  it('prints a fresh link for Enter, on stderr', async () => {
    const host = await serve()
    host.child.stdin?.write('\n')
    await expect.poll(host.stderr, { timeout: 10_000 }).toContain('#start=')
    const [url] = /http:\S+/.exec(host.stderr()) ?? []
    expect(await opens(url!)).toBe(true)
    expect(host.stdout().trim().split('\n')).toHaveLength(1)
  })

  it.runIf(process.getuid?.() === 0)('says to open the address by hand where no browser can be', async () => {
    const host = await serve('--open')
    await expect.poll(host.stderr, { timeout: 10_000 }).toContain('by hand')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('stops in order on %s', async (signal) => {
    const host = await serve()
    host.child.kill(signal)
    host.child.kill(signal)
    expect(await host.ended).toBe(0)
    expect(host.stderr()).toContain('Stopped')
  })

  it('stops when its standard input is closed', async () => {
    const host = await serve()
    host.child.stdin?.end()
    expect(await host.ended).toBe(0)
  })

  it('stops when the process it was told to watch has gone', async () => {
    const watched = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    const host = await serve('--parent-pid', String(watched.pid))
    watched.kill('SIGKILL')
    expect(await host.ended).toBe(0)
  })

  it.each([
    [['--window', '/nowhere/at/all'], 2, 'FILE_UNREADABLE'],
    [['--windows', 'x'], 2, 'USAGE'],
    [['--parent-pid', 'x'], 2, 'USAGE'],
  ] as const)('%j ends with %i and the fault %s', async (args, exit, code) => {
    expect(await fails(args)).toMatchObject({ exit, fault: { code } })
  })
})

describe('the sandbox', () => {
  it('is started with it and ends with it', async () => {
    const host = await start(['--window', windowFolder])
    const note = JSON.parse(await readFile(join(dataFolder, 'sandbox', 'running.json'), 'utf8')) as { pid: number }
    expect(isAlive(note.pid)).toBe(true)
    expect(host.stderr()).toBe('')
    const second = await start(['--window', windowFolder])
    expect(second.stderr()).toBe('')
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
    expect(isAlive(note.pid)).toBe(true)
    host.child.kill('SIGTERM')
    expect(await host.ended).toBe(0)
    expect(isAlive(note.pid)).toBe(false)
  })

  it('may be missing: that is said, and the window is served all the same', async () => {
    dataFolder = await mkdtemp(join(scratch, 'data-'))
    await writeFile(join(dataFolder, 'sandbox'), 'no folder')
    const host = await start(['--window', windowFolder])
    expect(host.stderr()).toContain('The local sandbox was not started')
    expect((await fetch(new URL(host.url).origin)).status).toBe(200)
  })
})

describe('tpp serve', () => {
  const tpp = (...args: string[]) => start(['serve', '--json', ...args], terminal)

  it.runIf(existsSync(builtWindow))('passes the ready line and fresh links on, and ends both programs', async () => {
    const serving = await tpp()
    expect(await opens(serving.url)).toBe(true)
    const link = await tpp('--link')
    expect(await link.ended).toBe(0)
    expect(await opens(link.url)).toBe(true)
    const [name = ''] = await readdir(join(dataFolder, 'serving'))
    serving.child.kill('SIGTERM')
    expect(await serving.ended).toBe(0)
    expect(serving.stdout().trim().split('\n')).toHaveLength(1)
    expect(isAlive(Number.parseInt(name, 10))).toBe(false)
  })

  it.runIf(existsSync(builtWindow))('takes the program it started along when it is killed', async () => {
    const serving = await tpp()
    const [name = ''] = await readdir(join(dataFolder, 'serving'))
    serving.child.kill('SIGKILL')
    await expect.poll(() => isAlive(Number.parseInt(name, 10)), { timeout: 15_000 }).toBe(false)
  })

  it('passes the fault on when there is nothing to link to', async () => {
    expect(await fails(['serve', '--link', '--json'], terminal)).toMatchObject({
      exit: 3,
      stderr: '',
      fault: { code: 'SERVE_DOWN' },
    })
  })

  it('refuses --link with --open', async () => {
    expect(await fails(['serve', '--link', '--open', '--json'], terminal)).toMatchObject({
      exit: 2,
      fault: { code: 'USAGE' },
    })
  })
})
