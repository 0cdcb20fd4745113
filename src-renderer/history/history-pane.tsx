/** Being written. */
export function HistoryPane() {
  return <p className="p-6">HistoryPane</p>
}
