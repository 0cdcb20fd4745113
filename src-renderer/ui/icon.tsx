/** Small line icons, always beside a word. */
const paths = {
  overview: 'M3 3h10v10H3zM3 7h10M7 7v6',
  requests: 'M3 5h9l-3-3M13 11H4l3 3',
  registration: 'M3 2h10v12H3zM5.5 6h5M5.5 9h5M5.5 12h3',
  access: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM6 8l1.5 1.5L10.5 6.5',
  payments: 'M2 4h12v8H2zM2 7h12M4.5 10h3',
  recurring: 'M13 8a5 5 0 1 1-1.5-3.5L13 6M13 3v3h-3M8 5.5V8l1.5 1',
  baskets: 'M2 6h12l-1.5 8h-9zM5 6l2-4M11 6L9 2M6 9v2.5M10 9v2.5',
  accounts: 'M2 4h12M2 8h12M2 12h8M13 11v3M11.5 12.5h3',
  funds: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM5.5 8.5l1.5 1.5 3.5-4',
  applications: 'M4 2h6l3 3v9H4zM10 2v3h3M6 8.5l1.5 1.5L11 6.5M6 12.5h4',
  products: 'M2 2.5h5.5L14 9l-5 5-6.5-6.5zM5.2 5.7v.1',
  errors: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12v.5',
  keys: 'M10 6.5a3 3 0 1 1-3-3 3 3 0 0 1 3 3zM9 8.7l4.5 4.5M12 11.7l1.5-1.5',
  banks: 'M2 6l6-3.5L14 6zM4 6v6M8 6v6M12 6v6M2.5 12h11M2 14h12',
  history: 'M8 4v4l3 2M2.5 8A5.5 5.5 0 1 0 4 4.2L2.5 5.5M2.5 2.5v3h3',
  sequence: 'M3 2v12M8 2v12M13 2v12M3 5h5M6.5 3.5L8 5 6.5 6.5M13 10H8M9.5 8.5L8 10l1.5 1.5',
  report: 'M3 9v5h10V9M8 2v8M5 7l3 3 3-3',
  signature: 'M2.5 13.5h11M3 10c2-6 4-8 5-7s-1 6-2 7 2-3 3-3 0 3 1 3 1.5-1 2.5-1',
  sandbox: 'M2 14h12M3 14V7h10v7M8 2l6 5H2zM6 14v-4h4v4',
  settings:
    'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.5 10.5L14 14',
} as const
export type IconName = keyof typeof paths

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      <path d={paths[name]} />
    </svg>
  )
}
