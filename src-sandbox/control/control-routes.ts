/** The calls of the control API, gathered from their subjects. */
import { bankRoutes } from './bank-routes.ts'
import { faultRoutes } from './fault-routes.ts'
import { qtspRoutes } from './qtsp-routes.ts'
import { stateRoutes } from './state-routes.ts'
import { done, type Routes } from './steering.ts'
import { tenantRoutes } from './tenant-routes.ts'

export const controlRoutes: Routes = {
  'GET /health': () => done({ ok: true, pid: process.pid }),
  'GET /ready': (sandbox, _received, _subject, { tenant }) =>
    done({ tenant, banks: [...sandbox.banks].map(([id, { urls }]) => ({ id, urls })) }),
  ...qtspRoutes,
  ...bankRoutes,
  ...tenantRoutes,
  ...faultRoutes,
  ...stateRoutes,
}
