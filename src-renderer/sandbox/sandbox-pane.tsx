/** Being written. */
export function SandboxPane() {
  return <p className="p-6">SandboxPane</p>
}
