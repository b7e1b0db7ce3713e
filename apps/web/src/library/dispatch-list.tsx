import { Link } from 'wouter'
import type { Shelved } from '../replica/library-store.ts'
import { numberOf, titleOf } from './listing-name.ts'
import '../look/shelf.css'

type Props = { readonly shelf: readonly Shelved[]; readonly current?: string; readonly isBrief?: boolean }

/** Dispatches and essays by number and title; in brief (beside an open one) no more than that. */
export const DispatchList = ({ shelf, current, isBrief = false }: Props) => (
  <nav aria-label="Dispatches">
    <ul className="shelf" data-brief={isBrief}>
      {shelf.map((listing) => (
        <li key={listing.id}>
          <Link href={`/dispatches/${listing.id}`} aria-current={listing.id === current ? 'page' : undefined}>
            <span className="shelf-number">{numberOf(listing)}</span> <span className="shelf-title">{titleOf(listing)}</span>
          </Link>
          {isBrief ? null : (
            <p className="shelf-facts">
              {listing.date === null ? null : <time dateTime={listing.date}>{listing.date}</time>}
              <span>{listing.kind === 'essay' ? 'Essay' : 'Dispatch'}</span>
              <span data-state={listing.revision === null ? 'draft' : 'published'}>
                {listing.revision !== null
                  ? `Published, revision ${listing.revision}`
                  : listing.stage === 'withdrawn'
                    ? 'Withdrawn'
                    : 'Draft'}
              </span>
              {listing.stage === 'in review' || listing.stage === 'approved' ? (
                <span data-state={listing.stage}>{listing.stage === 'approved' ? 'Approved' : 'In review'}</span>
              ) : null}
              {listing.notSent ? <span data-state="not-sent">Not sent yet</span> : null}
            </p>
          )}
        </li>
      ))}
    </ul>
  </nav>
)
