/** Lies over an answer the local sandbox makes up, because the bank does not offer the operation; it stands in no one's way. */

export function SimulatedMark() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 400 120"
      className="pointer-events-none absolute inset-0 m-auto h-2/3 w-2/3 fill-ink opacity-[0.06]"
    >
      <text x="200" y="78" textAnchor="middle" fontSize="56" fontWeight="700" letterSpacing="6">
        SIMULATED
      </text>
    </svg>
  )
}
