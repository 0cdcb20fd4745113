/** Being written. */
export function KeysPane() {
  return <p className="p-6">KeysPane</p>
}
