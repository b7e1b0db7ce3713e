import { createContext, use } from 'react'
import type { Services } from '../replica/services.ts'

export const ServicesContext = createContext<Services | null>(null)

export const useServices = (): Services => {
  const services = use(ServicesContext)
  if (services === null) throw new Error('the desk is rendered inside ServicesContext')
  return services
}
