/** Measured inside the page: what is cut off, what scrolls sideways, what jumped. */

/** Runs in the page. Controls and texts that a person cannot see whole, and boxes that scroll sideways. */
export function clipped(): string[] {
  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`
  const found: string[] = []
  const page = document.documentElement
  if (page.scrollWidth > page.clientWidth) found.push(`the page scrolls sideways: ${page.scrollWidth}`)
  const isReadByScreenReadersOnly = (element: Element) => element.getBoundingClientRect().width <= 1
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element)
    const over = element.scrollWidth - element.clientWidth
    if (/^(auto|scroll)$/.test(style.overflowX) && over > 1)
      found.push(`${nameOf(element)} scrolls sideways by ${over}`)
  }
  for (const element of document.querySelectorAll('button, a, h1, h2, h3, label, legend, [role="tab"]')) {
    if (isReadByScreenReadersOnly(element) || element.closest('tr, li') !== null) continue
    const { left, right } = element.getBoundingClientRect()
    if (left < 0 || right > page.clientWidth + 1) found.push(`${nameOf(element)} reaches out of the window`)
    if (
      element.scrollWidth > element.clientWidth + 1 &&
      element.clientWidth > 0 &&
      getComputedStyle(element).overflowX !== 'visible' &&
      element.getAttribute('title') === null
    )
      found.push(`${nameOf(element)} is cut`)
  }
  return found
}

/** Runs in the page before its own scripts. */
export function countShifts(): void {
  const measured = window as unknown as { shifts: number }
  measured.shifts = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) measured.shifts += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Runs in the page. */
export const shiftScore = (): number => (window as unknown as { shifts: number }).shifts
