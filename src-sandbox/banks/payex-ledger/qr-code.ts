/** QR codes of one fixed size (ISO/IEC 18004): version 5, level L, byte mode, mask 0; up to 106 bytes. */

const size = 37
const dataCodewords = 108
const checkCodewords = 26
export const longestContent = dataCodewords - 2

/** Arithmetic of GF(256) with the polynomial 0x11d. */
function multiply(left: number, right: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d)
    product ^= ((right >>> bit) & 1) * left
  }
  return product
}

function generator(degree: number): number[] {
  let coefficients = [1]
  let root = 1
  for (let round = 0; round < degree; round += 1) {
    const next = [...coefficients, 0]
    for (const [index, coefficient] of coefficients.entries())
      next[index + 1] = (next[index + 1] ?? 0) ^ multiply(coefficient, root)
    coefficients = next
    root = multiply(root, 2)
  }
  return coefficients.slice(1)
}

const divisor = generator(checkCodewords)

/** Reed-Solomon remainder. */
function checkOf(data: readonly number[]): number[] {
  let rest = Array.from({ length: checkCodewords }, () => 0)
  for (const codeword of data) {
    const factor = codeword ^ (rest[0] ?? 0)
    rest = [...rest.slice(1), 0].map((value, index) => value ^ multiply(divisor[index] ?? 0, factor))
  }
  return rest
}

/** Mode 0100, length, bytes, end 0000, then the filler bytes of the standard. */
function codewordsOf(content: Buffer): number[] {
  const nibbles = [
    4,
    content.length >> 4,
    content.length & 15,
    ...[...content].flatMap((byte) => [byte >> 4, byte & 15]),
    0,
  ]
  const data: number[] = []
  for (let at = 0; at < nibbles.length; at += 2) data.push(((nibbles[at] ?? 0) << 4) | (nibbles[at + 1] ?? 0))
  for (let filler = 0xec; data.length < dataCodewords; filler ^= 0xec ^ 0x11) data.push(filler)
  return [...data, ...checkOf(data)]
}

/** True is dark; null is not decided yet. */
type Modules = (boolean | null)[][]

function drawSquares(
  modules: Modules,
  centreRow: number,
  centreColumn: number,
  reach: number,
  light: readonly number[],
): void {
  for (let row = -reach; row <= reach; row += 1)
    for (let column = -reach; column <= reach; column += 1) {
      const line = modules[centreRow + row]
      if (line?.[centreColumn + column] === undefined) continue
      line[centreColumn + column] = !light.includes(Math.max(Math.abs(row), Math.abs(column)))
    }
}

/** Level L and mask 0 with their check bits, masked (table C.1 of the standard). */
const formatBits = 0b111011111000100

function drawFormat(modules: Modules): void {
  const set = (row: number, column: number, bit: number): void => {
    const line = modules[row]
    if (line) line[column] = ((formatBits >>> bit) & 1) === 1
  }
  for (let bit = 0; bit < 15; bit += 1) {
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit
    const across = bit < 8 ? size - 1 - bit : bit < 9 ? 7 : 14 - bit
    set(along, 8, bit)
    set(8, across, bit)
  }
  const line = modules[size - 8]
  if (line) line[8] = true
}

function frame(): Modules {
  const modules: Modules = Array.from({ length: size }, () => Array.from({ length: size }, () => null))
  for (let at = 0; at < size; at += 1) {
    const [row, column] = [modules[6], modules[at]]
    if (row) row[at] = at % 2 === 0
    if (column) column[6] = at % 2 === 0
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawSquares(modules, row, column, 4, [2, 4])
  drawSquares(modules, size - 7, size - 7, 2, [1])
  drawFormat(modules)
  return modules
}

/** Columns in pairs from the right, up and down by turns; the column of the timing pattern is skipped. */
function* path(): Generator<readonly [number, number]> {
  let upwards = true
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < size; step += 1) {
      const row = upwards ? size - 1 - step : step
      yield [row, right]
      yield [row, right - 1]
    }
    upwards = !upwards
  }
}

/** @returns rows of modules, true is dark, without the quiet zone. */
export function qrCode(text: string): boolean[][] {
  const content = Buffer.from(text, 'utf8')
  if (content.length > longestContent) throw new Error(`A code of this size holds ${longestContent} bytes.`)
  const codewords = codewordsOf(content)
  const modules = frame()
  let bit = 0
  for (const [row, column] of path()) {
    const line = modules[row]
    if (line?.[column] !== null) continue
    const dark = (((codewords[bit >> 3] ?? 0) >>> (7 - (bit & 7))) & 1) === 1
    line[column] = dark !== ((row + column) % 2 === 0)
    bit += 1
  }
  return modules.map((line) => line.map((module) => module === true))
}
