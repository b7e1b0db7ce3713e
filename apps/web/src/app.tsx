import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Route, Router, Switch } from 'wouter'
import { later } from './react/later.tsx'
import { useServices } from './react/services-context.ts'
import { Standing } from './react/standing.tsx'
import { useFeed } from './react/use-feed.ts'

const DeskPage = lazy(() => import('./desk/desk-page.tsx'))
const PrompterPage = lazy(() => import('./prompter/prompter-page.tsx'))
const AccountPage = lazy(() => import('./account/account-page.tsx'))
const PeoplePage = lazy(() => import('./people/people-page.tsx'))
const LibraryPage = lazy(() => import('./library/library-page.tsx'))
const WebhooksPage = lazy(() => import('./webhooks/webhooks-page.tsx'))
const ShowPage = lazy(() => import('./show/show-page.tsx'))
const SignInNeeded = lazy(() => import('./sign-in/sign-in-needed.tsx'))
const SignInPage = lazy(() => import('./sign-in/sign-in-page.tsx'))
const Update = later(async () => (await import('./desk-update/update.tsx')).Update)

/** Each page is fetched when it is first come to. */
export const App = () => (
  <Router base="/desk">
    <Standing>
      <Switch>
        <Route path="/sign-in" component={SignIn} />
        <Route path="/dispatches/:id">{({ id }) => <SignedIn>{<DeskPage key={id} id={id} />}</SignedIn>}</Route>
        <Route path="/dispatches/:id/prompter">{({ id }) => <SignedIn>{<PrompterPage key={id} id={id} />}</SignedIn>}</Route>
        <Route path="/account">{() => <SignedIn>{<AccountPage />}</SignedIn>}</Route>
        <Route path="/people">{() => <SignedIn>{<PeoplePage />}</SignedIn>}</Route>
        <Route path="/webhooks">
          <SignedIn>
            <WebhooksPage />
          </SignedIn>
        </Route>
        <Route path="/show">
          <SignedIn>
            <ShowPage />
          </SignedIn>
        </Route>
        <Route path="/" component={Library} />
        <Route>
          <NotFound />
        </Route>
      </Switch>
      <Update />
    </Standing>
  </Router>
)

const waiting = <p className="page-wait">Opening…</p>

const SignIn = () => (
  <Suspense fallback={waiting}>
    <SignInPage />
  </Suspense>
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
  return (
    <Suspense fallback={waiting}>{session.state === 'nobody' ? <SignInNeeded because={session.because} /> : children}</Suspense>
  )
}

const NotFound = () => (
  <main className="plain-page">
    <h1>There is no such page</h1>
    <p>
      <a href="/desk/">All dispatches</a>
    </p>
  </main>
)
