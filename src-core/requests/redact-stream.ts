/** Takes secrets out of a body of any length piece by piece, as redacting it in one go would, in little memory. */
import { redactBody } from '#shared/redact.ts'

/** Bytes looked at together. */
const windowSize = 512 * 1024
/** Bytes kept back behind a cut, so that a secret which begins before it is seen whole. */
const keptBack = 96 * 1024
/** Where to cut is tried so often, each time a little earlier; then more text is waited for. */
const tries = 6
const stepBack = 2048

/** No token and no field's value goes past one of these. */
const border = /[\s,{}[\]]/
const formBorder = '&'

export interface BodyRedaction {
  readonly contentType: string
  /** What is secret whatever stands around it. */
  readonly secrets: readonly string[]
  /** Names that are secret besides, in this body. */
  readonly marks?: readonly string[]
}

/*
 * Every byte is a character of its own, so that what is no secret leaves as it came, UTF-8 or not. The byte A0 is the
 * second half of letters such as "à" in UTF-8, but as a character it is a space and would end a secret too early.
 */
const space = '\u00a0'
const noSpace = '\ue0a0'
const toText = (bytes: Buffer): string => bytes.toString('latin1').replaceAll(space, noSpace)
const toBytes = (text: string): Buffer => Buffer.from(text.replaceAll(noSpace, space), 'latin1')

const isForm = (contentType: string): boolean => /^application\/x-www-form-urlencoded/i.test(contentType)

/** The last place at or before `from` where a cut is least likely to hurt; `from` itself where there is none near. */
function placeNear(text: string, from: number, form: boolean): number {
  const least = Math.max(1, from - stepBack)
  for (let at = from; at > least; at -= 1) {
    if (form ? text[at] === formBorder : border.test(text[at - 1]!)) return at
  }
  return from
}

export interface RedactStream {
  /** Redacted bytes that are ready, in order; often none. */
  write(chunk: Buffer): Buffer[]
  /** The rest. */
  end(): Buffer
}

export function createRedactStream({ contentType, secrets, marks = [] }: BodyRedaction): RedactStream {
  const form = isForm(contentType)
  const values = secrets.map((secret) => toText(Buffer.from(secret, 'utf8')))
  const names = marks.map((name) => toText(Buffer.from(name, 'utf8')))
  const redact = (text: string) => redactBody(text, contentType, values, names)
  let pending = ''
  let wanted = windowSize

  /**
   * Cuts where both sides redacted apart read as the whole redacted at once: no secret reaches across, also none that
   * is still open at the end of what is known.
   */
  const takeSafePart = (): Buffer | null => {
    const whole = redact(pending)
    for (let round = 0; round < tries; round += 1) {
      const at = placeNear(pending, pending.length - keptBack - round * stepBack, form)
      const before = redact(pending.slice(0, at))
      if (!whole.startsWith(before)) continue
      const after = pending.slice(at)
      if (whole.slice(before.length) !== redact(after)) continue
      pending = after
      return toBytes(before)
    }
    return null
  }
  return {
    write(chunk) {
      pending += toText(chunk)
      const ready: Buffer[] = []
      while (pending.length >= wanted) {
        const part = takeSafePart()
        // A secret of that length: the more is waited for, the less often all of it is looked at again.
        if (part === null) wanted = pending.length * 2
        else {
          ready.push(part)
          wanted = windowSize
        }
      }
      return ready
    },
    end() {
      const rest = toBytes(redact(pending))
      pending = ''
      return rest
    },
  }
}
