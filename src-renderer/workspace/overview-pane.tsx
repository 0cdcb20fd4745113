/** Being written. */
export function OverviewPane() {
  return <p className="p-6">OverviewPane</p>
}
