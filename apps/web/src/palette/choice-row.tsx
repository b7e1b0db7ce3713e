import type { Choice } from '@stet/editor/suggest/choice'

/** One choice, as every menu of the script shows it. */
export const ChoiceRow = ({ choice: { lead, name, detail, trail, isOn } }: { choice: Choice }) => (
  <>
    {lead === undefined ? null : <span className="choice-lead">{lead}</span>}
    <span className="choice-name">
      {name}
      {detail === undefined || detail === '' ? null : <span className="choice-detail"> {detail}</span>}
    </span>
    {isOn === true ? <span className="choice-on">cited</span> : null}
    {trail === undefined ? null : <kbd className="choice-trail">{trail}</kbd>}
  </>
)

type Group = { readonly id: string; readonly name: string; readonly choices: Choice[] }

/** Choices by their groups, each where its first stands; those without one share a group without a name. */
export const groupsOf = (choices: readonly Choice[]): readonly Group[] => {
  const groups = new Map<string, Group>()
  for (const choice of choices) {
    const name = choice.group ?? ''
    const group = groups.get(name) ?? { id: name, name, choices: [] }
    groups.set(name, group)
    group.choices.push(choice)
  }
  return [...groups.values()]
}
