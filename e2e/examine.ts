/** A state of the window as everyone must be able to use it: nothing for axe to find in either theme, nothing cut at either size. */
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { clipped } from './layout-checks.ts'

export const sizes = [
  [1440, 900],
  [1024, 700],
] as const
export const themes = ['light', 'dark'] as const

/** Rules whose verdict changes with the theme. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** What axe finds in the page as it stands, a line for each element. */
export async function breaches(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  // Half a megabyte of script to compile: once for each document, not for each look.
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) })
    // One frame is all there is; the other mode opens a second page for each look.
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
  if (rules === 'colours') axe.withRules(ofColours)
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  )
}

/** With `TPP_SHOTS` a picture is kept in that folder, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.TPP_SHOTS
  if (folder === undefined || folder === '') return
  await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}.png`), animations: 'disabled' })
}

/**
 * Both sizes in both themes are looked at for what is cut. Colours do not depend on the size, nor structure on the
 * theme: axe therefore reads the light page at its widest and the dark one at its narrowest.
 * @param settle what a person would do first to see it, each time
 */
export async function examine(page: Page, state: string, settle?: () => Promise<unknown>): Promise<void> {
  for (const [at, [width, height]] of sizes.entries()) {
    await page.setViewportSize({ width, height })
    for (const [nth, colorScheme] of themes.entries()) {
      await page.emulateMedia({ colorScheme })
      await settle?.()
      if (at === nth) expect.soft(await breaches(page), `${state}, ${colorScheme}, ${width}`).toEqual([])
      expect.soft(await page.evaluate(clipped), `${state}, ${colorScheme}, ${width}`).toEqual([])
      await picture(page, `${state} ${width} ${colorScheme}`)
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}
