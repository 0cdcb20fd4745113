import { describe, expect, it } from 'vitest'
import { createElectron } from '../test/electron/electron-stand-in.ts'
import { sandboxProgram } from './sandbox-process.ts'

describe('the sandbox program', () => {
  it('runs in a utility process with its output in reach', async () => {
    const { utilityProcess } = createElectron()
    const sandbox = sandboxProgram(utilityProcess as never)(['--home', '/data/sandbox'])
    const [child] = utilityProcess.forked
    expect(child?.script).toMatch(/sandbox(\.js|[\\/]index\.ts)$/)
    expect(child?.args).toEqual(['--home', '/data/sandbox'])
    expect(child?.options).toEqual({ stdio: 'pipe', serviceName: 'Local sandbox' })
    expect([sandbox.stdout, sandbox.stderr]).toEqual([child?.stdout, child?.stderr])
    child?.emit('exit', 8)
    expect(await sandbox.ended).toBe(8)
  })

  it('is asked to stop before it is made to', () => {
    const { utilityProcess } = createElectron()
    const sandbox = sandboxProgram(utilityProcess as never)([])
    sandbox.kill('SIGTERM')
    expect(utilityProcess.forked[0]?.kills).toBe(1)
    // No process has the stand-in's number.
    expect(() => sandbox.kill('SIGKILL')).toThrow('ESRCH')
  })
})
