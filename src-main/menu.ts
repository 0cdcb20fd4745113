/** The menu, with the habits of the platform. */
import type { MenuItemConstructorOptions } from 'electron'

const role = (name: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions => ({ role: name })
const separator: MenuItemConstructorOptions = { type: 'separator' }

/** Reload and DevTools are for development: a packaged window has neither. */
export function menuTemplate(platform: NodeJS.Platform, packaged: boolean): MenuItemConstructorOptions[] {
  const development = packaged ? [] : [role('reload'), role('forceReload'), role('toggleDevTools'), separator]
  const view = [...development, role('resetZoom'), role('zoomIn'), role('zoomOut'), separator, role('togglefullscreen')]
  return [
    ...(platform === 'darwin' ? [role('appMenu')] : []),
    role('fileMenu'),
    role('editMenu'),
    { label: 'View', submenu: view },
    role('windowMenu'),
  ]
}
