/** Being written. */
export function RequestsPane() {
  return <p className="p-6">RequestsPane</p>
}
