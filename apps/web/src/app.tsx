import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Route, Router, Switch } from 'wouter'
import { Update } from './desk-update/update.tsx'
import { LibraryPage } from './library/library-page.tsx'
import { useServices } from './react/services-context.ts'
import { useFeed } from './react/use-feed.ts'
import { SignInNeeded } from './sign-in/sign-in-needed.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

const DeskPage = lazy(() => import('./desk/desk-page.tsx'))
const PrompterPage = lazy(() => import('./prompter/prompter-page.tsx'))

/** The desk is only loaded with the first dispatch: the list stands at once. */
export const App = () => (
  <Router base="/desk">
    <Switch>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/dispatches/:id">{({ id }) => <SignedIn>{<DeskPage key={id} id={id} />}</SignedIn>}</Route>
      <Route path="/dispatches/:id/prompter">{({ id }) => <SignedIn>{<PrompterPage key={id} id={id} />}</SignedIn>}</Route>
      <Route path="/" component={Library} />
      <Route>
        <NotFound />
      </Route>
    </Switch>
    <Update />
  </Router>
)

const Library = () => (
  <SignedIn>
    <LibraryPage />
  </SignedIn>
)

const SignedIn = ({ children }: { children: ReactNode }) => {
  const { sessions } = useServices()
  const session = useFeed(sessions.session)
  useEffect(() => void sessions.refresh(), [sessions])
  if (session.state === 'asking') return <p className="page-wait">Opening the desk…</p>
  if (session.state === 'nobody') return <SignInNeeded because={session.because} />
  return <Suspense fallback={<p className="page-wait">Opening…</p>}>{children}</Suspense>
}

const NotFound = () => (
  <main className="plain-page">
    <h1>There is no such page</h1>
    <p>
      <a href="/desk/">All dispatches</a>
    </p>
  </main>
)
