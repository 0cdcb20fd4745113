/** Reads the one form of a simulated bank's page, as a person's eyes and browser would. */

export interface FormButton {
  readonly name: string
  readonly value: string
  readonly label: string
}

export interface BankForm {
  readonly action: string
  readonly hidden: Readonly<Record<string, string>>
  /** Names of the fields a person fills in. */
  readonly asked: readonly string[]
  readonly denyButton: FormButton | undefined
  /** Labels of the ways to sign. */
  readonly ways: readonly string[]
  /** @param way value or label of a button; the first where left out. */
  button(way: string | undefined): FormButton | undefined
}

const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

/** Our own pages only: they are plain, so reading tags by pattern is enough. */
export function readForm(html: string): BankForm {
  const hidden = [...html.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
    attribute(tag, 'name'),
    attribute(tag, 'value'),
  ])
  const asked = [...html.matchAll(/<(?:input|select)\b[^>]*>/g)]
    .filter(([tag]) => attribute(tag, 'type') !== 'hidden')
    .map(([tag]) => attribute(tag, 'name'))
  const buttons = [...html.matchAll(/(<button[^>]*>)([^<]*)<\/button>/g)].map(([, tag = '', label = '']) => ({
    name: attribute(tag, 'name'),
    value: attribute(tag, 'value'),
    label: label.trim(),
  }))
  const ways = buttons.filter(({ name }) => name === 'method')
  return {
    action: attribute(/<form[^>]*>/.exec(html)?.[0] ?? '', 'action'),
    hidden: Object.fromEntries(hidden),
    asked,
    denyButton: buttons.find(({ name, value }) => name === 'decision' && value === 'deny'),
    ways: ways.map(({ label }) => label),
    button: (way) => (way === undefined ? ways[0] : ways.find(({ value, label }) => value === way || label === way)),
  }
}
