/** Refuses the window every permission, device, download and request it has no business with. */
import type { Session } from 'electron'
import { mayDownload, mayLoad, mayUse } from '#core/window-page.ts'

export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayUse(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayUse(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
  // The dictionaries of the spell checker come from a server of Google's.
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }))
  session.on('will-download', (event, item) => {
    if (!mayDownload(item.getURL())) event.preventDefault()
  })
}
