/** Being written. */
export function SettingsPane() {
  return <p className="p-6">SettingsPane</p>
}
