import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPortPlan } from './port-plan.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'port-plan-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const listeners = ['control', 'bank/token', 'bank/resource']

it('remembers what was taken', () => {
  const path = join(folder, 'ports.json')
  const first = openPortPlan(path, undefined, listeners)
  expect(first.wanted('control')).toBeUndefined()
  first.took('control', 21_000)
  first.remember()
  expect(openPortPlan(path, undefined, listeners).wanted('control')).toBe(21_000)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ control: 21_000 })
})

it('counts up from a port that was asked for, whatever it remembers', () => {
  const path = join(folder, 'asked.json')
  writeFileSync(path, '{"control":21000}')
  const plan = openPortPlan(path, 9000, listeners)
  expect(listeners.map((name) => plan.wanted(name))).toEqual([9000, 9001, 9002])
})

it('starts anew from a damaged file', () => {
  const path = join(folder, 'damaged.json')
  writeFileSync(path, '{"control":"soon"')
  expect(openPortPlan(path, undefined, listeners).wanted('control')).toBeUndefined()
})
