import { runChecks } from '@stet/checks/checks'
import { useEffect, useMemo, useRef } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { Away } from '../away/use-away.ts'
import { ChecksPanel } from '../checks/checks-panel.tsx'
import type { Restoring } from '../history/use-restoring.ts'
import { later, useAhead } from '../react/later.tsx'
import { useFeed } from '../react/use-feed.ts'
import { useObserved } from '../react/use-observed.ts'
import type { RemovalActs } from '../removed/removal-acts.ts'
import { RemovedPanel } from '../removed/removed-panel.tsx'
import { SourcesPanel } from '../sources/sources-panel.tsx'
import { SpeakersPanel } from '../speakers/speakers-panel.tsx'
import { useDesk } from './desk-context.ts'
import type { Place } from './place.ts'
import { useSnapshot } from './use-snapshot.ts'
import '../look/history.css'
import '../look/sources.css'

export type Aside = 'sources' | 'checks' | 'speakers' | 'removed' | 'history'

const HistoryPanel = later(async () => (await import('../history/history-panel.tsx')).HistoryPanel)

type Props = {
  readonly aside: Aside
  readonly onAside: (aside: Aside) => void
  readonly openSource: string | null
  readonly onOpenSource: (id: string | null) => void
  readonly jump: (place: Place) => void
  readonly cite: (source: string) => void
  readonly removal: RemovalActs
  readonly restoring: Restoring
  /** What others did while one was away, if History is to show it. */
  readonly away: Away | null
  readonly onAwayBack: () => void
}

/** What the script rests on, what is amiss, who speaks, what was removed, and what was written when. */
export const SidePanels = ({
  aside,
  onAside,
  openSource,
  onOpenSource,
  jump,
  cite,
  removal,
  restoring,
  away,
  onAwayBack,
}: Props) => {
  useAhead(HistoryPanel)
  const { dispatch, removals } = useDesk().replica
  useObserved(dispatch.sources.map)
  useObserved(dispatch.meta)
  const isEssay = dispatch.meta.get('kind') === 'essay'
  const tabs = useRef<HTMLDivElement>(null)
  // Where there is no room for all of them side by side.
  useEffect(() => {
    tabs.current?.querySelector(`[data-key="${aside}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [aside])
  const snapshot = useSnapshot()
  const removedCount = useFeed(removals.list).length
  const findings = useMemo(() => (snapshot === null ? [] : runChecks(snapshot)), [snapshot])
  return (
    <aside className="side" aria-label="Beside the script">
      <Tabs ref={tabs} selectedKey={aside} onSelectionChange={(key) => onAside(key as Aside)}>
        <TabList className="side-tabs" aria-label="Beside the script">
          <Tab id="sources">
            Sources <span className="count">{dispatch.sources.list().length}</span>
          </Tab>
          <Tab id="checks">
            Checks <span className="count">{findings.length}</span>
          </Tab>
          {isEssay ? null : <Tab id="speakers">Speakers</Tab>}
          <Tab id="removed">
            Removed <span className="count">{removedCount}</span>
          </Tab>
          <Tab id="history">History</Tab>
        </TabList>
        <TabPanel id="sources">
          <SourcesPanel open={openSource} onOpen={onOpenSource} snapshot={snapshot} cite={cite} act={restoring.restore} />
        </TabPanel>
        <TabPanel id="checks">
          <ChecksPanel findings={findings} snapshot={snapshot} jump={jump} />
        </TabPanel>
        {isEssay ? null : (
          <TabPanel id="speakers">
            <SpeakersPanel snapshot={snapshot} />
          </TabPanel>
        )}
        <TabPanel id="removed">
          <RemovedPanel acts={removal} />
        </TabPanel>
        <TabPanel id="history">
          <HistoryPanel restoring={restoring} jump={jump} away={away} onAwayBack={onAwayBack} />
        </TabPanel>
      </Tabs>
    </aside>
  )
}
