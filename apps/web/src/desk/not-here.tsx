import { Link } from 'wouter'
import { Brand } from '../look/brand.tsx'
import { useOnline } from '../react/use-online.ts'

/** A dispatch that this device has no copy of, while the server does not hand it over. */
export const NotHere = ({ because }: { because: 'no such address' | 'no copy' }) => {
  const isOnline = useOnline()
  return (
    <main className="plain-page">
      <Brand />
      <h1>{because === 'no copy' ? 'This dispatch is not on this device' : 'There is no such dispatch'}</h1>
      {because === 'no such address' ? <p>The address may have been cut short.</p> : null}
      {because === 'no copy' ? (
        <p role="status">
          {isOnline ? 'Asking the server for it…' : 'It opens here when you are connected, and stays from then on.'}
        </p>
      ) : null}
      <p>
        <Link href="/">All dispatches</Link>
      </p>
    </main>
  )
}
