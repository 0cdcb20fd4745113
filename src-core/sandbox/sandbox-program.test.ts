/** Starting and stopping the sandbox program, with small programs in its place. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSandbox } from './sandbox-program.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-program-'))
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true, force: true })
})

const ready = { ready: true, control: 'http://127.0.0.1:1', ca: '/ca.pem', banks: [] }
const say = (line: unknown) => `process.stdout.write(${JSON.stringify(`${JSON.stringify(line)}\n`)});`
const stay = 'setInterval(() => {}, 1e6);'

/** A program in place of the sandbox; what it writes to `pid` names its process. */
async function program(script: string) {
  const file = join(folder, 'program.cjs')
  await writeFile(
    file,
    `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid));${script}`,
  )
  return { command: process.execPath, args: [file] }
}
const options = () => ({ home: join(folder, 'home'), banks: [] as string[] })

async function isAlive(): Promise<boolean> {
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => '0'))
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('starting', () => {
  it('waits for the ready line and passes on where to live and whom to serve', async () => {
    const arguments_ = join(folder, 'arguments')
    const script = `require('node:fs').writeFileSync(${JSON.stringify(arguments_)}, JSON.stringify(process.argv.slice(2)));`
    const child = await startSandbox(await program(script + say({ ...ready, extra: 1 }) + stay), {
      home: '/some home',
      port: 4000,
      banks: ['a', 'b'],
    })
    expect(child.ready).toEqual(ready)
    expect(JSON.parse(await readFile(arguments_, 'utf8'))).toEqual([
      '--home',
      '/some home',
      '--parent-pid',
      String(process.pid),
      '--port',
      '4000',
      '--bank',
      'a',
      '--bank',
      'b',
    ])
    expect(await isAlive()).toBe(true)
    await child.stop()
    expect(await isAlive()).toBe(false)
  })

  it('takes a line that comes in pieces, and reads on afterwards so that the program never waits', async () => {
    const line = JSON.stringify(ready)
    const pieces = `process.stdout.write(${JSON.stringify(line.slice(0, 9))}); setTimeout(() => {
      process.stdout.write(${JSON.stringify(`${line.slice(9)}\n`)});
      process.stdout.write('x'.repeat(5_000_000), () => process.exit(0)) }, 20);`
    const child = await startSandbox(await program(pieces), options())
    expect(child.ready).toEqual(ready)
    // It ends by itself only when somebody took all it had to say.
    await child.ended
  })
})

describe('a program that does not get ready', () => {
  it.each([
    [
      'a fault line',
      { fault: { code: 'SANDBOX_PORT_TAKEN', message: 'Port 4000 is taken.', details: { port: 4000 } } },
      { code: 'SANDBOX_PORT_TAKEN', message: 'Port 4000 is taken.', details: { port: 4000 } },
    ],
    ['a fault of no known code', { fault: { code: 'WHO_KNOWS', message: 'x' } }, { code: 'SANDBOX_FAILED' }],
    ['another document', { ready: false }, { code: 'SANDBOX_FAILED' }],
    ['null', null, { code: 'SANDBOX_FAILED' }],
    ['a number', 5, { code: 'SANDBOX_FAILED' }],
  ])('says why: %s, whether it stays or ends at once', async (_, line, expected) => {
    for (const end of [stay, 'process.exitCode = 8;']) {
      await expect(startSandbox(await program(say(line) + end), options())).rejects.toMatchObject(expected)
      await expect.poll(isAlive).toBe(false)
    }
  })

  it('is heard to its last line, also when that is still in the pipe as it ends', async () => {
    // What happens by chance otherwise: a grandchild holds the pipe and writes once its parent is gone.
    const fault = { fault: { code: 'SANDBOX_RUNNING', message: 'One runs already.' } }
    const late = `const wait = setInterval(() => { if (process.ppid === Number(process.argv[1])) return;
      clearInterval(wait); ${say(fault)} }, 1)`
    const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(late)}, String(process.pid)],
      { stdio: ['ignore', 'inherit', 'ignore'] }).unref();`
    await expect(startSandbox(await program(script), options())).rejects.toMatchObject({ code: 'SANDBOX_RUNNING' })
  })

  it('says something else', async () => {
    const script = `process.stdout.write('hello\\n');${stay}`
    await expect(startSandbox(await program(script), options())).rejects.toMatchObject({
      code: 'SANDBOX_FAILED',
      message: expect.stringContaining('unexpected'),
    })
    await expect.poll(isAlive).toBe(false)
  })

  it('ends early: its complaint and its exit number are passed on', async () => {
    const script = `process.stderr.write('no such folder\\n'); process.exitCode = 3;`
    await expect(startSandbox(await program(script), options())).rejects.toMatchObject({
      code: 'SANDBOX_FAILED',
      message: 'The local sandbox ended before it was ready (exit 3). no such folder',
    })
  })

  it('cannot be started', async () => {
    await expect(startSandbox({ command: join(folder, 'nobody'), args: [] }, options())).rejects.toMatchObject({
      code: 'SANDBOX_FAILED',
      message: expect.stringContaining('could not be started'),
    })
  })

  it('is killed when its time is over', async () => {
    const silent = await program(stay)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const starting = startSandbox(silent, options())
    const outcome = expect(starting).rejects.toMatchObject({
      code: 'SANDBOX_FAILED',
      message: expect.stringContaining('not ready within 20 s'),
    })
    await vi.advanceTimersByTimeAsync(20_000)
    vi.useRealTimers()
    await outcome
    await expect.poll(isAlive).toBe(false)
  })
})

describe('stopping', () => {
  it('is enough once, and harmless after the program ended by itself', async () => {
    const child = await startSandbox(await program(say(ready) + stay), options())
    await Promise.all([child.stop(), child.stop(), child.ended])
    await child.stop()
    const short = await startSandbox(await program(`${say(ready)}setTimeout(() => process.exit(0), 1);`), options())
    await short.ended
    await short.stop()
  })

  it.skipIf(process.platform === 'win32')('kills a program that does not listen', async () => {
    const child = await startSandbox(await program(`process.on('SIGTERM', () => {});${say(ready)}${stay}`), options())
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const stopping = child.stop()
    await vi.advanceTimersByTimeAsync(4999)
    expect(await isAlive()).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    await stopping
    expect(await isAlive()).toBe(false)
  })
})
