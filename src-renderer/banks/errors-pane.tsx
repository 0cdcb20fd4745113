/** Being written. */
export function ErrorsPane() {
  return <p className="p-6">ErrorsPane</p>
}
