/** The plain, script-free pages a person meets at a simulated bank. */
import type { Answer } from '#sandbox/net/answer.ts'

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

export interface PageOptions {
  readonly status: number
  readonly title: string
  /** Of the texts (BCP 47); English where left out. */
  readonly language?: string
  /** HTML, already escaped. */
  readonly body: string
  readonly stylesheet: string
  readonly reason: string
  /** Where a form of this page may end up: browsers apply `form-action` to the redirect after it too. */
  readonly formTarget?: string
}

export function page(options: PageOptions): Answer {
  const formAction = options.formTarget ? `'self' ${options.formTarget}` : "'self'"
  const body = `<!doctype html>
<html lang="${options.language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(options.title)}</title>
<link rel="stylesheet" href="${escapeHtml(options.stylesheet)}">
</head>
<body>
<p class="sandbox">Local sandbox: no real bank, no real money</p>
<main>
${options.body}
</main>
</body>
</html>
`
  return {
    status: options.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
      // Not no-referrer: with it browsers send "Origin: null" along with our own form.
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    },
    body,
    reason: options.reason,
  }
}

const css = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
.sandbox { margin: 0; padding: .5rem 1rem; background: #ffd75e; color: #1d1a00; font-weight: 600; }
main { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
fieldset { border: 1px solid; padding: 1rem; margin: 1.5rem 0; }
button { display: block; width: 100%; padding: .75rem; margin: .5rem 0; font: inherit; cursor: pointer; }
code { overflow-wrap: anywhere; }
`

export const stylesheetAnswer = (): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/css; charset=utf-8' },
  body: css,
  reason: 'stylesheet',
})
