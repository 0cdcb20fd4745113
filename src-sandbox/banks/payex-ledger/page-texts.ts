/** What the pages say to a customer, in the language of the ledger's country. */
import type { Country } from './customers.ts'

export interface PageTexts {
  /** BCP 47. */
  readonly language: string
  readonly customer: string
  readonly askedBy: string
  readonly backTo: string
  readonly cancel: string
  readonly identify: string
  readonly identifyWith: string
  readonly whoLogsIn: string
  /** Ways to be identified: value → label. */
  readonly identityWays: Readonly<Record<string, string>>
  readonly sign: string
  readonly whatIsSigned: string
  readonly higherLimit: string
  readonly upTo: string
  readonly signingWays: Readonly<Record<string, string>>
}

export const pageTexts: Readonly<Record<Country, PageTexts>> = {
  SE: {
    language: 'sv',
    customer: 'Kund',
    askedBy: 'Begärt av',
    backTo: 'Tillbaka till',
    cancel: 'Avbryt',
    identify: 'Legitimera dig',
    identifyWith: 'Legitimera dig med',
    whoLogsIn: 'Vem loggar in',
    identityWays: { bankid: 'BankID på den här enheten', 'bankid-other-device': 'BankID på en annan enhet' },
    sign: 'Skriv under',
    whatIsSigned: 'Du skriver under',
    higherLimit: 'Höjd kreditgräns',
    upTo: 'upp till',
    signingWays: { code: 'Ange säkerhetskoden och skriv under' },
  },
  NO: {
    language: 'nb',
    customer: 'Kunde',
    askedBy: 'Bestilt av',
    backTo: 'Tilbake til',
    cancel: 'Avbryt',
    identify: 'Legitimer deg',
    identifyWith: 'Legitimer deg med',
    whoLogsIn: 'Hvem logger inn',
    identityWays: { bankid: 'BankID på denne enheten', 'bankid-other-device': 'BankID på en annen enhet' },
    sign: 'Signer',
    whatIsSigned: 'Du signerer',
    higherLimit: 'Høyere kredittgrense',
    upTo: 'opptil',
    signingWays: { bankid: 'Signer med BankID' },
  },
  DK: {
    language: 'da',
    customer: 'Kunde',
    askedBy: 'Bestilt af',
    backTo: 'Tilbage til',
    cancel: 'Annullér',
    identify: 'Legitimér dig',
    identifyWith: 'Legitimér dig med',
    whoLogsIn: 'Hvem logger ind',
    identityWays: { mitid: 'MitID' },
    sign: 'Underskriv',
    whatIsSigned: 'Du underskriver',
    higherLimit: 'Højere kreditgrænse',
    upTo: 'op til',
    signingWays: { mitid: 'Underskriv med MitID' },
  },
}
