/** Being written. */
export function RegistrationPane() {
  return <p className="p-6">RegistrationPane</p>
}
