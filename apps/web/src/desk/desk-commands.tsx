import { type Command, commands, offers } from '@stet/editor/commands'
import type { ScriptEditor } from '@stet/editor/script-editor'
import { may } from '@stet/schema/contract/people'
import { useLocation } from 'wouter'
import { useCommands } from '../commands/commands-context.ts'
import type { DeskCommand } from '../commands/desk-command.ts'
import { exportCommands } from '../export/export-commands.ts'
import { focusField } from '../fields/focus-field.ts'
import { HISTORY_KEYS } from '../history/history-keys.ts'
import { enterFullScreen } from '../prompter/full-screen.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { REMOVED_KEYS } from '../removed/removed-keys.ts'
import type { Panel } from './bottom-bar.tsx'
import { useDesk } from './desk-context.ts'
import type { Place } from './place.ts'

type Props = {
  readonly editor: ScriptEditor | null
  readonly jump: (place: Place) => void
  readonly onPanel: (panel: Panel) => void
}

/** The commands of the script and of the desk as a whole. Those of a part of it stand with that part. */
export const DeskCommands = ({ editor, jump, onPanel }: Props) => {
  const { replica, readOnly } = useDesk()
  const session = useFeed(useServices().sessions.session)
  const [, navigate] = useLocation()
  const isEssay = replica.dispatch.meta.get('kind') === 'essay'

  const goTo = (id: string, label: string, run: () => void, words = ''): DeskCommand => ({
    id: `go to ${id}`,
    label,
    group: 'Go to',
    keys: [],
    heard: 'anywhere',
    words,
    run,
  })
  const show = (panel: Panel, place: string) => {
    onPanel(panel)
    focusField(place)
  }
  const field = (name: string, label: string) => goTo(name, label, () => jump({ in: 'field', name }))

  useCommands(() => [
    ...(editor === null ? [] : scriptCommands(editor)),
    ...(readOnly === null
      ? [
          {
            id: 'addSource',
            label: 'Add a source',
            group: 'Sources' as const,
            keys: [],
            heard: 'anywhere' as const,
            run: () => {
              onPanel('sources')
              focusField('newSource')
            },
          },
        ]
      : []),
    field('title', 'Title'),
    ...(isEssay ? [] : [field('summary', 'Summary'), field('topics', 'Topics')]),
    field('language', 'Language'),
    goTo('script', 'Script', () => jump({ in: 'script', block: null })),
    goTo('sources', 'Sources', () => onPanel('sources')),
    goTo('checks', 'Checks', () => onPanel('checks')),
    ...(isEssay ? [] : [goTo('speakers', 'Speakers', () => onPanel('speakers'))]),
    {
      ...goTo('removed', 'Removed turns', () => show('removed', 'removed'), 'undo put back deleted'),
      keys: [REMOVED_KEYS],
    },
    {
      ...goTo('history', 'History', () => show('history', 'history'), 'sessions versions restore before'),
      keys: [HISTORY_KEYS],
    },
    ...(readOnly === null
      ? [goTo('nameMoment', 'Name this moment', () => show('history', 'nameMoment'), 'history version')]
      : []),
    goTo(
      'prompter',
      'Prompter',
      () => {
        enterFullScreen()
        navigate(`/dispatches/${replica.id}/prompter`)
      },
      'read aloud full screen',
    ),
    ...(editor === null ? [] : headingsOf(editor)).map(({ kind, id, text }) =>
      goTo(id, text, () => jump({ in: 'script', block: id }), kind),
    ),
    goTo('library', 'All dispatches', () => navigate('/'), 'library list home'),
    ...(session.state === 'somebody' && may(session.person, 'configure')
      ? [goTo('webhooks', 'Webhooks', () => navigate('/webhooks'), 'machines bots told')]
      : []),
    ...(session.state === 'somebody' ? exportCommands(replica.snapshotNow(), session.site) : []),
  ])
  return null
}

const headingsOf = (editor: ScriptEditor) =>
  editor.view.state.doc.children.flatMap(({ type, attrs, textContent }) =>
    type.name === 'chapter' || type.name === 'heading'
      ? [{ kind: type.name, id: String(attrs['id']), text: textContent.trim() || 'Untitled' }]
      : [],
  )

/** What the script can do where the caret is. */
const scriptCommands = (editor: ScriptEditor): readonly DeskCommand[] => {
  const context = editor.context()
  const isReadOnly = editor.isReadOnly()
  return Object.entries<Command>(commands)
    .filter(([, command]) => (!isReadOnly || command.changesNothing === true) && offers(command, context))
    .map(([name, { label, group, keys }]) => ({
      id: name,
      label,
      group,
      keys,
      heard: 'by the script',
      run: () => {
        editor.view.focus()
        editor.commands[name as keyof typeof editor.commands]()
      },
    }))
}
