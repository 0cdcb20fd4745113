/** The words of the questions and answers, by code and country. */
import type { Country } from './customers.ts'

type Words = Readonly<Record<Country, string>>

const words = (SE: string, NO: string, DK: string): Words => ({ SE, NO, DK })
const yes = words('Ja', 'Ja', 'Ja')
const no = words('Nej', 'Nei', 'Nej')

export const kycTexts = {
  IsPep: words(
    'Är du en person i politiskt utsatt ställning (PEP)?',
    'Er du en politisk eksponert person (PEP)?',
    'Er du en politisk eksponeret person (PEP)?',
  ),
  IsPepYes: yes,
  IsPepNo: no,
  PepWho: words(
    'Vem har eller har haft uppdraget?',
    'Hvem har eller har hatt vervet?',
    'Hvem har eller har haft hvervet?',
  ),
  PepWhoSelf: words('Jag själv', 'Jeg selv', 'Jeg selv'),
  PepWhoRelative: words('En nära anhörig', 'Et nært familiemedlem', 'Et nært familiemedlem'),
  PepRelation: words('Vilken är er relation?', 'Hva er relasjonen deres?', 'Hvad er jeres relation?'),
  FundsOrigin: words('Varifrån kommer dina pengar?', 'Hvor kommer pengene dine fra?', 'Hvor kommer dine penge fra?'),
  FundsOriginSalary: words('Lön', 'Lønn', 'Løn'),
  FundsOriginPension: words('Pension', 'Pensjon', 'Pension'),
  FundsOriginBusiness: words('Eget företag', 'Egen virksomhet', 'Egen virksomhed'),
  FundsOriginOther: words('Annat', 'Annet', 'Andet'),
  FundsOriginText: words('Beskriv varifrån', 'Beskriv hvorfra', 'Beskriv hvorfra'),
  TaxAbroad: words(
    'Är du skattskyldig i något annat land?',
    'Er du skattepliktig i et annet land?',
    'Er du skattepligtig i et andet land?',
  ),
  TaxAbroadYes: yes,
  TaxAbroadNo: no,
  TaxCountry: words('I vilket land? Två bokstäver', 'I hvilket land? To bokstaver', 'I hvilket land? To bogstaver'),
  MonthlyIncome: words(
    'Vad är din månadsinkomst före skatt?',
    'Hva er månedsinntekten din før skatt?',
    'Hvad er din månedsindkomst før skat?',
  ),
} as const satisfies Readonly<Record<string, Words>>

export type TextCode = keyof typeof kycTexts
