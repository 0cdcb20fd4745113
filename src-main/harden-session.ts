/** Refuses the window every permission, device, download and request it has no business with. */
import type { Session } from 'electron'
import { origin, page } from './app-scheme.ts'

/** Nothing of these leaves the machine; DevTools exist in development only. */
const local = [page, `blob:${page}`, 'data:', 'devtools:']

const mayUse = (permission: string, from: string) =>
  permission === 'clipboard-sanitized-write' && (from === origin || from.startsWith(page))

export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayUse(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayUse(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
  // The dictionaries of the spell checker come from a server of Google's.
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !local.some((start) => url.startsWith(start)) }),
  )
  // What the window exports it has made itself.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${page}`)) event.preventDefault()
  })
}
