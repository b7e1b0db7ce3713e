import { later } from '../react/later.tsx'
import { useFeed } from '../react/use-feed.ts'
import { Avatar } from './avatar.tsx'
import { useDesk } from './desk-context.ts'

const NamedAvatar = later(async () => (await import('./named-avatar.tsx')).NamedAvatar, Avatar)

export const HereNow = () => {
  const { replica } = useDesk()
  const people = useFeed(replica.presence.people)
  return (
    <ul className="here-now" aria-label="Here now">
      {people.map(({ id, name, color, self }) => (
        <li key={id}>
          <NamedAvatar name={name} color={color} isSelf={self} />
        </li>
      ))}
    </ul>
  )
}
