import './zod-without-eval.ts'
import { createRoot } from 'react-dom/client'
import './look/fonts.css'
import './look/tokens.css'
import './look/base.css'
import './look/controls.css'
import { App } from './app.tsx'
import { ServicesContext } from './react/services-context.ts'
import { openServices } from './replica/services.ts'

const services = await openServices(location.origin)
// Asks the browser not to clear what is kept here when it runs short of room. It may say no.
void navigator.storage?.persist?.()

const mount = document.getElementById('desk')
if (mount !== null)
  createRoot(mount).render(
    <ServicesContext value={services}>
      <App />
    </ServicesContext>,
  )
