import type { Finding } from '@stet/schema/finding'
import type { RevisionFacts } from '@stet/schema/revision'

export const Published = ({ revision, findings }: { revision: RevisionFacts; findings: readonly Finding[] }) => (
  <div className="published">
    <p>
      Revision {revision.revision} is out: <a href={revision.path}>{revision.title}</a>
    </p>
    {findings.length === 0 ? null : (
      <p className="hint">
        {findings.length === 1 ? 'One finding of the checks stands.' : `${findings.length} findings of the checks stand.`}
      </p>
    )}
  </div>
)
