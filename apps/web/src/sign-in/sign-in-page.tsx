import { Brand } from '../look/brand.tsx'
import { useStands } from '../react/standing.tsx'
import { ComeByLink } from './come-by-link.tsx'
import { Refused } from './refused.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import '../look/sign-in.css'

/** Where a link leads: `/desk/sign-in#<code>`. The code stands behind the hash, so no server log ever holds it. */
const SignInPage = () => {
  useStands()
  const code = location.hash.slice(1)
  return (
    <main className="plain-page">
      <title>Sign in · Stet</title>
      <Brand />
      <h1>Come to the desk</h1>
      <Refused />
      {code === '' ? <SignInAgain /> : <ComeByLink code={code} />}
    </main>
  )
}

export default SignInPage
