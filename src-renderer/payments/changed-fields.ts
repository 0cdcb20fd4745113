/** What a bank's answer holds of what was asked: what it left out, changed, and put in. */
import { isObject, type Json, pointerTo } from '../forms/json-value.ts'

export interface ChangedField {
  /** JSON pointer. */
  readonly place: string
  readonly mark: 'stripped' | 'changed' | 'added' | 'same'
  /** As JSON; null where there is nothing. */
  readonly asked: string | null
  readonly answered: string | null
}

function leaves(value: Json, place = ''): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((each, at) => leaves(each, pointerTo(place, at)))
  if (isObject(value)) return Object.entries(value).flatMap(([name, each]) => leaves(each, pointerTo(place, name)))
  return [[place, JSON.stringify(value)]]
}

/** Where the bank puts what it was asked: some answer with the body, some with the body inside a member. */
function wrapped(asked: Json, answered: Json): Json {
  if (!isObject(asked) || !isObject(answered)) return answered
  const names = Object.keys(asked)
  const count = (value: Json) => (isObject(value) ? names.filter((name) => Object.hasOwn(value, name)).length : 0)
  const inner = Object.values(answered).filter((value) => isObject(value))
  const best = inner.reduce<Json>((winner, each) => (count(each) > count(winner) ? each : winner), answered)
  return best
}

/** What the answer says about itself and not about what was asked. */
const aside = /^\/(_links|tppMessages|psuMessage)(\/|$)/

/** In the order of what was asked; what the bank put in comes last. */
export function changedFields(asked: Json, answer: Json): readonly ChangedField[] {
  const given = new Map(leaves(asked))
  const back = new Map(leaves(wrapped(asked, answer)).filter(([place]) => !aside.test(place)))
  const own = [...given].map(([place, value]): ChangedField => {
    const answered = back.get(place) ?? null
    const mark = answered === null ? 'stripped' : answered === value ? 'same' : 'changed'
    return { place, mark, asked: value, answered }
  })
  const more = [...back]
    .filter(([place]) => !given.has(place))
    .map(([place, value]): ChangedField => ({ place, mark: 'added', asked: null, answered: value }))
  return [...own, ...more]
}
