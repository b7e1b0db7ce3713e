import type { Outcome } from '@stet/schema/contract/client'
import { Button } from 'react-aria-components'
import { Said } from '../account/said.tsx'
import { useAct } from '../account/use-act.ts'
import { useAsked } from '../history/use-asked.ts'
import { useServices } from '../react/services-context.ts'

type Props = {
  readonly label: (provider: string) => string
  readonly isDisabled?: boolean
  /** Answers where the browser is to go. */
  readonly begin: () => Promise<Outcome<{ readonly url: string }>>
}

/** A button for an account elsewhere, where the operator has set up a provider of such. */
export const ByProvider = ({ label, isDisabled = false, begin }: Props) => {
  const { api } = useServices()
  const [asked] = useAsked('provider', () => api('getProvider'))
  const act = useAct()
  if (asked.state !== 'here' || asked.value.provider === null) return null
  const { name } = asked.value.provider
  const go = async () => {
    const begun = await begin()
    if (begun.ok) location.assign(begun.value.url)
    return begun
  }
  return (
    <div className="by-provider">
      <Button className="button" isDisabled={isDisabled || act.isBusy} onPress={() => void act.run(go, `Going to ${name} …`)}>
        {label(name)}
      </Button>
      <Said act={act} />
    </div>
  )
}
