/** Lets a customer act on a page of the bank, and keeps what the browser comes back with. */
import { createServer } from 'node:http'
import type { RecipeStep } from '#shared/error-recipe.ts'
import { Fault, isFault } from '#shared/fault.ts'
import { fill, type RecipeRun, recipeFault } from './provoke-scratch.ts'

type Click = Extract<RecipeStep, { click: string }>

/** Listens at the callback for as long as `work` takes. @returns the query of the first visit; null where nobody came */
async function duringVisit(callback: string, work: () => Promise<unknown>): Promise<URLSearchParams | null> {
  const expected = new URL(callback)
  let query: URLSearchParams | null = null
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '', expected.origin)
    const here = url?.pathname === expected.pathname && request.headers.host === expected.host
    if (here) query ??= url.searchParams
    response.writeHead(here ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' }).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Fault('SANDBOX_FAILED', `The callback's port ${expected.port} is taken.`, {}, cause)),
    )
    server.listen({ port: Number(expected.port), host: expected.hostname, exclusive: true }, resolve)
  })
  try {
    await work()
    return query
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** The page itself turned the customer away, as some recipes want it. */
const turnedAway = (error: unknown): boolean =>
  isFault(error) && error.code === 'SANDBOX_FAILED' && error.details.error === 'page_refused'

export async function clickAndComeBack(step: Click, run: RecipeRun): Promise<void> {
  const { customer: psu, decision, refused, keep } = step
  const url = fill(step.click, run)
  const act = async (): Promise<void> => {
    try {
      await run.services.click(run.bank.id, { url, psu, decision })
    } catch (error) {
      if (refused && turnedAway(error)) return
      throw error
    }
    if (refused) throw recipeFault("The bank's page was to turn the customer away and did not.")
  }
  const query = await duringVisit(run.callback, act)
  for (const [name, place] of Object.entries(keep)) {
    const value = query?.get(place.replace(/^query:/, '')) ?? null
    if (value === null) throw recipeFault(`The customer came back without ${place}, to be kept as "${name}".`)
    run.kept.set(name, value)
  }
}
