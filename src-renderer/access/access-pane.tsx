/** Being written. */
export function AccessPane() {
  return <p className="p-6">AccessPane</p>
}
