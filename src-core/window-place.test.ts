import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepWindowPlace, readWindowPlace } from './window-place.ts'

const display = { workArea: { x: 0, y: 25, width: 1920, height: 1055 } }
const left = { workArea: { x: -1280, y: 0, width: 1280, height: 1024 } }
const standard = { width: 1280, height: 840, maximised: false }
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tpp-place-'))
  file = join(folder, 'window-place.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const kept = (value: unknown) => writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))

describe('the place of the window', () => {
  it('is kept and found again', () => {
    const place = { x: 10, y: 20, width: 900, height: 700, maximised: true }
    keepWindowPlace(file, place)
    expect(readWindowPlace(file, [display])).toEqual(place)
    expect(readdirSync(folder)).toEqual(['window-place.json'])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(place)
  })

  it('does not keep the window from closing when it cannot be written', () => {
    const place = { x: 10, y: 20, width: 900, height: 700, maximised: true }
    expect(() => keepWindowPlace(join(folder, 'missing', 'window-place.json'), place)).not.toThrow()
  })

  it('is the standard one when there is no file', () => {
    expect(readWindowPlace(file, [display])).toEqual(standard)
  })

  it.each([
    ['', 'empty'],
    ['{"x":1', 'cut off'],
    ['null', 'null'],
    ['[]', 'a list'],
    ['{"x":0,"y":0,"width":1e400,"height":700,"maximised":false}', 'infinite'],
    ['{"x":0,"y":0,"width":-5,"height":700,"maximised":false}', 'negative'],
    ['{"x":0,"y":0,"width":1,"height":1,"maximised":false}', 'too small to see'],
    ['{"x":0,"y":0,"width":900000,"height":700,"maximised":false}', 'huge'],
    ['{"x":"0","y":0,"width":900,"height":700,"maximised":false}', 'text'],
    ['{"x":0.5,"y":0,"width":900,"height":700,"maximised":false}', 'a fraction'],
    ['{"x":0,"y":0,"width":900,"height":700}', 'incomplete'],
  ])('is the standard one when the file says %s (%s)', (text) => {
    kept(text)
    expect(readWindowPlace(file, [display])).toEqual(standard)
  })

  it.each([
    [{ x: 5000, y: 100 }, 'right of every screen'],
    [{ x: -900, y: 100 }, 'left of every screen'],
    [{ x: 100, y: 3000 }, 'below every screen'],
    [{ x: 100, y: -500 }, 'title bar above the screen'],
    [{ x: 1900, y: 100 }, 'only a sliver to see'],
  ])('loses its position, not its size, at %o (%s)', (position) => {
    kept({ ...position, width: 900, height: 700, maximised: true })
    expect(readWindowPlace(file, [display])).toEqual({ width: 900, height: 700, maximised: true })
  })

  it('may be on a second screen, for as long as it is there', () => {
    const place = { x: -1000, y: 50, width: 900, height: 700, maximised: false }
    kept(place)
    expect(readWindowPlace(file, [display, left])).toEqual(place)
    expect(readWindowPlace(file, [display])).not.toHaveProperty('x')
  })
})
