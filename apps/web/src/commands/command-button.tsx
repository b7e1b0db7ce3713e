import { Button } from 'react-aria-components'
import { useCommandRegistry } from './commands-context.ts'
import { writtenKeys } from './keys.ts'

type Props = { readonly id: string; readonly name: string; readonly keys: string }

/** A command within reach of a finger, which also teaches its keys. */
export const CommandButton = ({ id, name, keys }: Props) => {
  const registry = useCommandRegistry()
  return (
    <Button className="command-button" onPress={() => registry.run(id)}>
      {name} <kbd>{writtenKeys(keys, navigator.platform)}</kbd>
    </Button>
  )
}
