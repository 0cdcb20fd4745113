import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import {
  programPath,
  removeHome,
  type SandboxProcess,
  scratchHome,
  spawnProgram,
  startSandbox,
} from './testing/sandbox-process.ts'
import { testControl } from './testing/test-control.ts'

const homes: string[] = []
const children: SandboxProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) await child.stop()
  for (const home of homes.splice(0)) removeHome(home)
})

const newHome = (): string => {
  const home = scratchHome()
  homes.push(home)
  return home
}

async function start(home: string, args: readonly string[] = []): Promise<SandboxProcess> {
  const sandbox = await startSandbox(home, args)
  children.push(sandbox)
  return sandbox
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

const answers = (control: string): Promise<boolean> =>
  fetch(`${control}/health`).then(
    () => true,
    () => false,
  )

async function refusalOf(args: readonly string[]) {
  const { code, stdout, stderr } = await spawnProgram(args).end
  const { fault } = JSON.parse(stdout) as { fault: { code: string; message: string } }
  return { code, fault: fault.code, message: fault.message, stderr }
}

describe('a start', () => {
  it('keeps what it writes to its owner', async () => {
    const home = newHome()
    const { running } = await start(home)
    expect(modeOf(home)).toBe('700')
    expect(modeOf(join(home, 'running.json'))).toBe('600')
    expect(modeOf(join(home, 'authorities', 'qtsp-root.key'))).toBe('600')
    expect(running.ca).toBe(join(home, 'authorities', 'server-ca.pem'))
    expect(running.banks[0]?.urls.resource).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/t\/icabanken\.tenant\/psd2\/1\.0\.0$/)
    expect(running.banks[0]?.urls.authorize).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('takes over ports, keys and state of the one before', async () => {
    const home = newHome()
    const first = await start(home)
    await testControl(first.running).moveClock('PSDSE-FINA-1', 77)
    const ca = readFileSync(first.running.ca, 'utf8')
    const ended = await first.stop()
    expect(ended.code).toBe(0)
    expect(ended.stdout.trim().split('\n')).toHaveLength(1)
    expect(existsSync(join(home, 'running.json'))).toBe(false)

    const second = await start(home)
    expect(second.running.banks).toEqual(first.running.banks)
    expect(second.running.control).toBe(first.running.control)
    expect(second.running.token).not.toBe(first.running.token)
    // Waiting for a port to be free again would take minutes; what a start costs is measured in bench.
    expect(second.readyAfter).toBeLessThan(20_000)
    expect(readFileSync(second.running.ca, 'utf8')).toBe(ca)
    const { json } = await testControl(second.running).send('GET', '/tenants/PSDSE-FINA-1/clock')
    expect(json).toEqual({ offsetSeconds: 77 })
  })

  it('survives state that does not fit', async () => {
    const home = newHome()
    writeFileSync(join(home, 'state.json'), '{"version":7}')
    const { running } = await start(home)
    expect((await testControl(running).send('GET', '/health')).status).toBe(200)
    expect(readFileSync(join(home, 'state.json.damaged'), 'utf8')).toBe('{"version":7}')
  })
})

describe('a refusal to start', () => {
  it('names the taken port and the remedy', async () => {
    const home = newHome()
    const first = await start(home)
    const port = Number(new URL(first.running.control).port)
    await first.stop()
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve))
    const refusal = await refusalOf(['--home', home])
    squatter.close()
    expect(refusal).toMatchObject({ code: 8, fault: 'SANDBOX_PORT_TAKEN' })
    expect(refusal.stderr.trim().split('\n')).toHaveLength(1)
    expect(refusal.stderr).toContain(String(port))
    expect(refusal.stderr).toContain('--port')
  })

  it('where one is running already, and not where one crashed', async () => {
    const home = newHome()
    const first = await start(home)
    expect(await refusalOf(['--home', home])).toMatchObject({ code: 8, fault: 'SANDBOX_RUNNING' })
    expect((await testControl(first.running).send('GET', '/health')).status).toBe(200)
    first.child.kill('SIGKILL')
    await first.end
    expect(existsSync(join(home, 'running.json'))).toBe(true)
    const second = await start(home)
    expect(second.running.pid).not.toBe(first.running.pid)
  })

  it('for one of two started at the same time', async () => {
    const home = newHome()
    const both = [spawnProgram(['--home', home]), spawnProgram(['--home', home])]
    const lines = await Promise.all(both.map(({ firstLine }) => firstLine))
    const faults = lines.filter((line) => line.includes('SANDBOX_RUNNING'))
    expect(faults).toHaveLength(1)
    expect(lines.filter((line) => line.includes('"ready":true'))).toHaveLength(1)
    for (const { child } of both) child.kill('SIGTERM')
    await Promise.all(both.map(({ end }) => end))
  })

  it.each([
    ['no home', [], 2, 'USAGE'],
    ['an unknown argument', ['--home', '/tmp/unused', '--fast'], 2, 'USAGE'],
    ['a wrong port', ['--home', '/tmp/unused', '--port', '70000'], 2, 'USAGE'],
  ])('for %s', async (_name, args, code, fault) => {
    expect(await refusalOf(args)).toMatchObject({ code, fault })
  })

  it('for an unknown bank', async () => {
    expect(await refusalOf(['--home', newHome(), '--bank', 'no-bank'])).toMatchObject({
      code: 2,
      fault: 'BANK_UNKNOWN',
    })
  })
})

describe('an orphan', () => {
  it('ends when standard input closes', async () => {
    const sandbox = await start(newHome())
    sandbox.child.stdin?.end()
    expect((await sandbox.end).code).toBe(0)
    expect(existsSync(join(sandbox.home, 'running.json'))).toBe(false)
  })

  it('ends when the process it was told to watch is gone', async () => {
    const watched = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    const sandbox = await start(newHome(), ['--parent-pid', String(watched.pid)])
    watched.kill('SIGKILL')
    expect((await sandbox.end).stderr).toContain('parent process is gone')
  })

  it('ends within 3 seconds after its parent was killed', async () => {
    const home = newHome()
    // The parent gives the sandbox no pipe, so only its process id tells that it is gone.
    const script = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([programPath, '--home', home])}, { stdio: 'ignore' }); setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['-e', script], { stdio: 'ignore' })
    const running = join(home, 'running.json')
    for (let tries = 0; tries < 400 && !existsSync(running); tries += 1) await sleep(50)
    const { control } = JSON.parse(readFileSync(running, 'utf8')) as { control: string }
    expect(await answers(control)).toBe(true)
    parent.kill('SIGKILL')
    // Not by its process id: whether that is gone depends on when the system buries orphans.
    for (let tries = 0; tries < 60 && (await answers(control)); tries += 1) await sleep(50)
    expect(await answers(control)).toBe(false)
    expect(existsSync(running)).toBe(false)
  })
})
