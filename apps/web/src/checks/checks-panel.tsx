import type { Finding } from '@stet/schema/finding'
import type { Snapshot } from '@stet/schema/snapshot'
import { Button } from 'react-aria-components'
import { type Place, placeOf } from '../desk/place.ts'

type Props = { readonly findings: readonly Finding[]; readonly snapshot: Snapshot | null; readonly jump: (place: Place) => void }

export const ChecksPanel = ({ findings, snapshot, jump }: Props) => (
  <section className="panel" aria-label="Checks">
    <h2 className="visually-hidden">Checks</h2>
    {findings.length === 0 ? <p className="empty">Nothing found. The checks look again whenever the writing pauses.</p> : null}
    <FindingList findings={findings} snapshot={snapshot} jump={jump} />
  </section>
)

export const FindingList = ({ findings, snapshot, jump }: Props) => (
  <ul className="findings">
    {findings.map((finding) => (
      <li key={`${finding.check} ${finding.path.join('.')} ${finding.message}`} data-level={finding.level}>
        <p>
          <span className="visually-hidden">{finding.level}: </span>
          {finding.message}
        </p>
        {snapshot === null ? null : (
          <Button
            className="link-button"
            aria-label={`Go there: ${finding.message}`}
            onPress={() => jump(placeOf(finding.path, snapshot))}
          >
            Go there
          </Button>
        )}
      </li>
    ))}
  </ul>
)
