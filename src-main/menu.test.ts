import { describe, expect, it } from 'vitest'
import { menuTemplate } from './menu.ts'

/** Roles and labels, top level and below. */
function names(platform: NodeJS.Platform, packaged: boolean): string[] {
  return menuTemplate(platform, packaged).flatMap(({ role, label, submenu }) => [
    role ?? label ?? '',
    ...(Array.isArray(submenu) ? submenu.map((item) => item.role ?? item.type ?? '') : []),
  ])
}
const view = ['View', 'resetZoom', 'zoomIn', 'zoomOut', 'separator', 'togglefullscreen']

describe('the menu', () => {
  it.each(['linux', 'win32'] as const)('has the menus of %s', (platform) => {
    expect(names(platform, true)).toEqual(['fileMenu', 'editMenu', ...view, 'windowMenu'])
  })

  it('begins with the menu of the application on macOS', () => {
    expect(names('darwin', true)).toEqual(['appMenu', 'fileMenu', 'editMenu', ...view, 'windowMenu'])
  })

  it.each(['linux', 'win32', 'darwin'] as const)('reloads and inspects on %s in development only', (platform) => {
    const development = ['reload', 'forceReload', 'toggleDevTools']
    expect(names(platform, true).filter((name) => development.includes(name))).toEqual([])
    expect(names(platform, false).filter((name) => development.includes(name))).toEqual(development)
  })
})
