import { accountRoutes } from './account-routes.ts'
import { openingRoutes } from './api.ts'
import { dispatchRoutes } from './dispatch-routes.ts'
import { identityRoutes } from './identity-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { showRoutes } from './show-routes.ts'
import { webhookRoutes } from './webhooks.ts'

/** Every route of the contract. */
export const routes = {
  ...openingRoutes,
  ...dispatchRoutes,
  ...accountRoutes,
  ...identityRoutes,
  ...peopleRoutes,
  ...showRoutes,
  ...webhookRoutes,
}

export type RouteName = keyof typeof routes
