/** National competent authorities, by the id a PSD2 certificate carries (ETSI TS 119 495 section 5.2.3 and annex D). */

export interface Authority {
  /** Country, hyphen, short name: `SE-FINA`. */
  id: string
  name: string
}

/** First of a country is the one its test identities get. */
const authorities: Record<string, string> = {
  'AT-FMA': 'Austria Financial Market Authority',
  'BE-NBB': 'National Bank of Belgium',
  'BG-BNB': 'Bulgarian National Bank',
  'CY-CBC': 'Central Bank of Cyprus',
  'CZ-CNB': 'Czech National Bank',
  'DE-BAFIN': 'Federal Financial Supervisory Authority',
  'DK-DFSA': 'Danish Financial Supervisory Authority',
  'EE-FI': 'Estonia Financial Supervisory Authority',
  'ES-BE': 'Bank of Spain',
  'FI-FINFSA': 'Finnish Financial Supervisory Authority',
  'FR-ACPR': 'Prudential Supervisory and Resolution Authority',
  'GB-FCA': 'Financial Conduct Authority',
  // Georgia is no member state; its open banking standard uses the same form of identifier.
  'GE-NBG': 'National Bank of Georgia',
  'GR-BOG': 'Bank of Greece',
  'HR-HNB': 'Croatian National Bank',
  'HU-CBH': 'Central Bank of Hungary',
  'IE-CBI': 'Central Bank of Ireland',
  'IS-FME': 'Financial Supervisory Authority of Iceland',
  'IT-BI': 'Bank of Italy',
  'LI-FMA': 'Financial Market Authority Liechtenstein',
  'LT-BL': 'Bank of Lithuania',
  'LU-CSSF': 'Commission for the Supervision of Financial Sector',
  'LV-FCMC': 'Financial and Capital Markets Commission',
  'MT-MFSA': 'Malta Financial Services Authority',
  'NL-DNB': 'The Netherlands Bank',
  'NO-FSA': 'The Financial Supervisory Authority of Norway',
  'PL-PFSA': 'Polish Financial Supervision Authority',
  'PT-BP': 'Bank of Portugal',
  'RO-NBR': 'National Bank of Romania',
  'SE-FINA': 'Swedish Financial Supervisory Authority',
  'SI-BS': 'Bank of Slovenia',
  'SK-NBS': 'National Bank of Slovakia',
}

/** @param country ISO 3166-1 alpha-2, upper case. */
export function authorityOfCountry(country: string): Authority | null {
  const found = Object.entries(authorities).find(([id]) => id.startsWith(`${country}-`))
  return found ? { id: found[0], name: found[1] } : null
}

/**
 * The authority a test certificate names: the one in the identifier (`PSDSE-FINA-…` → `SE-FINA`), else the country's.
 * An authority that is not in the table is named by its id.
 */
export function authorityOf(organizationIdentifier: string): Authority {
  const [, scheme, country = '', short = ''] = /^(PSD|VAT|NTR|LEI)([A-Z]{2})-([A-Z]{2,8}(?=-))?/.exec(
    organizationIdentifier,
  ) ?? [null, '', '', '']
  if (scheme === 'PSD' && short !== '') {
    const id = `${country}-${short}`
    return { id, name: Object.hasOwn(authorities, id) ? authorities[id]! : id }
  }
  return authorityOfCountry(country) ?? { id: `${country}-NCA`, name: `${country}-NCA` }
}
