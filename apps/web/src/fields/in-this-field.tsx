import { useDesk } from '../desk/desk-context.ts'
import { useFeed } from '../react/use-feed.ts'

/** The colleagues who are in a field now, by name and colour. */
export const InThisField = ({ place }: { place: string }) => {
  const { replica } = useDesk()
  const here = useFeed(replica.presence.people).filter(({ fields }) => fields.includes(place))
  return here.map(({ id, name, color }) => (
    <span key={id} className="in-field" data-color={color}>
      {name}
      <span className="visually-hidden"> is in this field</span>
    </span>
  ))
}
