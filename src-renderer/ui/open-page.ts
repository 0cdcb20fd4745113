/** Opens a page of somebody else in a new tab, which gets no handle on this one. */

const isPage = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

/** False: browsers open tabs only soon after a click, so a link has to be shown. */
export function openPage(url: string): boolean {
  if (!isPage(url) || !navigator.userActivation.isActive) return false
  // With noopener the answer is null whether a tab came or not.
  window.open(url, '_blank', 'noopener')
  return true
}
