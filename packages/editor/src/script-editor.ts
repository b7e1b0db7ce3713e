import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { RecordedSpeech } from '@stet/schema/pace'
import { baseKeymap } from 'prosemirror-commands'
import { keymap } from 'prosemirror-keymap'
import { EditorState, Plugin, TextSelection, type Command as ViewCommand } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { Awareness } from 'y-protocols/awareness'
import { type Binding, bindScript } from './binding.ts'
import { blockAtHeight } from './block-at-height.ts'
import { caretsPlugin, publishCaret } from './carets.ts'
import { citationsPlugin } from './citations.ts'
import { citeInputPlugin } from './cite-input.ts'
import { citeTargetPlugin } from './cite-target.ts'
import { citeSource } from './citing.ts'
import { clipboardPlugin } from './clipboard.ts'
import { type CommandContext, structural } from './command-context.ts'
import { type Command, type CommandName, commands, press } from './commands.ts'
import { cueInputPlugin } from './cue-input.ts'
import { findPlugin } from './find/find.ts'
import { firstBlockOf } from './first-block.ts'
import { firstScreens } from './first-screens.ts'
import { languageOf } from './language.ts'
import { createMargins, REDRAW_MARGINS } from './margins.ts'
import { createBlockMarks } from './marked-blocks.ts'
import { keepPageSelection, newerSelectionOf, takePageSelection } from './page-selection.ts'
import { positionOf } from './points.ts'
import { proseInputPlugin } from './prose-input.ts'
import { leaveRemoved, putBack } from './removed-acts.ts'
import { browserSchedule, type Schedule } from './schedule.ts'
import { createScriptTimes, type Times } from './script-times.ts'
import { recordStart } from './start-acts.ts'
import { changeSpeaker } from './structure.ts'
import { type CommandList, commandMenu } from './suggest/command-menu.ts'
import { cueMenu } from './suggest/cue-menu.ts'
import { sourceMenu } from './suggest/source-menu.ts'
import { suggestionOf, suggestPlugin } from './suggest/suggest.ts'
import { showBody } from './sync-document.ts'
import type { Signature } from './translate-transaction.ts'
import { createUndo } from './undo.ts'

export type ScriptEditorOptions = {
  readonly mount: HTMLElement
  readonly dispatch: Dispatch
  /** Presence; null while there is none to speak of. Its state field `person` is the caller's, `caret` is ours. */
  readonly awareness: Awareness | null
  readonly person: { readonly name: string; readonly color: number }
  readonly now: () => Date
  readonly readOnly: boolean
  /** The accessible name of the text box. */
  readonly label: string
  /** Asks the person for the start of a block, beside its margin. */
  readonly onAskStart: (block: string, anchor: HTMLElement) => void
  /** When times are reckoned and margins drawn; the browser's own calm moments if nothing is given. */
  readonly schedule?: Schedule
  /** What `/` offers. */
  readonly commandList: CommandList
  /** What the show offers after `[`. */
  readonly cues: () => readonly string[]
  /** Makes a source of a title or an address; answers its id. */
  readonly addSource: (typed: string) => string
  /** `@` was typed on a selection: which source does it rest on? */
  readonly askForSource: () => void
}

export type ScriptEditor = {
  readonly view: EditorView
  readonly commands: Readonly<Record<CommandName, () => boolean>>
  /** What commands and searches work on, as it is now. */
  readonly context: () => CommandContext
  readonly isReadOnly: () => boolean
  /** Calls back after each change of text, selection or menus; answers how to stop it. */
  readonly subscribe: (listener: () => void) => () => void
  /** Rests the selection, or the sentence around the caret, on a source; or takes it off. */
  readonly citeSource: (sourceId: string) => boolean
  /** When everything is said; null until it was reckoned. */
  readonly times: { readonly get: () => Times | null; readonly subscribe: (listener: () => void) => () => void }
  /** What other dispatches of the show tell of their speakers' paces. */
  readonly learn: (speech: readonly RecordedSpeech[]) => void
  /** Records the start of a turn or chapter; null unlocks it. */
  readonly recordStart: (block: string, start: number | null) => boolean
  /** While there is a recording, each turn and chapter in sight has a button that plays from it. Null: there is none. */
  readonly setPlayFrom: (playFrom: ((block: string) => void) | null) => void
  /** Highlights the block that the recording is at; null: none. */
  readonly showSpoken: (blockId: string | null) => void
  readonly putBack: (blockId: string) => boolean
  /** Runs acts on the dispatch, beyond the script too, as one step of the undo history. */
  readonly act: (acts: (signature: Signature) => void) => boolean
  readonly leaveRemoved: (blockId: string) => boolean
  /** Puts the caret at the start of a block and shows it. */
  readonly focusBlock: (blockId: string) => void
  /** Id of the last block that begins at or above a height of the window; null above the first. */
  readonly blockAtHeight: (height: number) => string | null
  /** Puts a quiet mark beside these blocks, and takes it from all others. */
  readonly markBlocks: (ids: ReadonlySet<string>) => void
  readonly setReadOnly: (readOnly: boolean) => void
  readonly undo: () => boolean
  readonly redo: () => boolean
  readonly destroy: () => void
}

/** The editor of a script: a ProseMirror view bound to a dispatch's body. No framework. */
export const createScriptEditor = (options: ScriptEditorOptions): ScriptEditor => {
  const { dispatch: script, awareness, mount } = options
  const signature: Signature = {
    origin: { editor: options.label },
    mark: () => ({ at: options.now().toISOString(), by: options.person.name }),
  }
  let readOnly = options.readOnly
  const [marked, spoken] = [createBlockMarks('marked-block'), createBlockMarks('spoken-block')]
  let playFrom: ((block: string) => void) | null = null
  let binding: Binding | null = null
  /** Escape was pressed: the next Tab leaves the editor, wherever the caret is. */
  let leaving = false
  let cancelCaret: (() => void) | null = null
  const listeners = new Set<() => void>()
  const isReadOnly = () => readOnly || script.isNewerLayout()
  const schedule = options.schedule ?? browserSchedule
  const times = createScriptTimes(script, schedule)
  const margins = createMargins(script, times, {
    changeSpeaker: (block) => run((from) => changeSpeaker(from, block)),
    askStart,
    playFrom: (block) => playFrom?.(block),
    canPlay: () => playFrom !== null,
    isReadOnly,
  })

  // Asked for before the view asks for times, so that these are reckoned of all of it.
  const cancelRest = schedule.painted(() => binding?.refresh())
  const begun = showBody(firstScreens(script.body.read().visible), firstBlockOf(script))
  const view = new EditorView(mount, {
    state: EditorState.create({
      doc: begun.doc,
      plugins: [
        suggestPlugin([
          cueMenu(context, options.cues),
          sourceMenu(context, options.addSource),
          commandMenu(context, options.commandList),
        ]),
        cueInputPlugin(() => (binding ? context() : null)),
        proseInputPlugin(() => (binding ? context() : null)),
        citeInputPlugin(options.askForSource),
        clipboardPlugin(script, () => binding, signature),
        keymap(
          keysOf(
            () => context(),
            () => leaving,
          ),
        ),
        keymap(withoutStructure(baseKeymap)),
        margins.plugin(),
        citationsPlugin(script),
        citeTargetPlugin(),
        marked.plugin(),
        spoken.plugin(),
        findPlugin(() => languageOf(script)),
        ...(awareness ? [caretsPlugin(() => binding, awareness)] : []),
        placeholderPlugin(),
        new Plugin({ view: () => ({ update: () => listeners.forEach((listener) => void listener()) }) }),
      ],
    }),
    editable: () => !isReadOnly(),
    attributes: () => ({
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': options.label,
      'aria-readonly': String(isReadOnly()),
      spellcheck: 'true',
      lang: languageOf(script),
      class: 'script',
    }),
    nodeViews: { turn: margins.nodeView, chapter: margins.nodeView },
    dispatchTransaction: (transaction) => {
      keepPageSelection(view, transaction)
      if (binding) binding.apply(transaction)
      else view.updateState(view.state.apply(transaction))
    },
    handleDOMEvents: {
      focus: () => void queueMicrotask(tellCaret),
      blur: () => {
        leaving = false
        queueMicrotask(tellCaret)
      },
      keydown: (_, event) => {
        takePageSelection(view)
        if (event.key === 'Escape') leaving = suggestionOf(view.state) === null
        else if (event.key !== 'Tab' && event.key !== 'Shift') leaving = false
      },
      // ProseMirror reads the last letters of a composition a moment after the browser has ended it.
      compositionend: () => void setTimeout(() => !view.isDestroyed && binding?.compositionEnded(), 50),
    },
  })

  const bound = bindScript(
    script,
    {
      get: () => view.state,
      set: (state) => show(state),
      isComposing: () => view.composing,
      newerSelection: () => newerSelectionOf(view),
    },
    { ...signature, isReadOnly },
    begun,
  )
  binding = bound
  const history = createUndo(bound)

  function show(state: EditorState) {
    view.updateState(state)
    // Once for all that a frame brings, and not while a key waits for its letter.
    cancelCaret ??= schedule.soon(tellCaret)
  }

  function tellCaret() {
    cancelCaret?.()
    cancelCaret = null
    if (awareness && binding && !view.isDestroyed) publishCaret(awareness, binding, view, isReadOnly())
  }

  function context(): CommandContext {
    return { state: view.state, dispatch: view.dispatch.bind(view), binding: bound, script, signature, askStart, ...history }
  }

  function askStart(block: string): boolean {
    const anchor = isReadOnly() ? null : margins.anchorOf(block)
    if (anchor) options.onAskStart(block, anchor)
    return anchor !== null
  }

  const redrawMargins = () => view.dispatch(view.state.tr.setMeta(REDRAW_MARGINS, true))
  const onSpeakers = () => {
    bound.refresh()
    redrawMargins()
    margins.drawAll()
    times.refresh()
  }
  // The numbers of the sources follow their order; what is written in a source does not matter here.
  const onSources = (events: { readonly path: readonly unknown[] }[]) => {
    if (events.some(({ path }) => path.length < 2)) redrawMargins()
  }
  const onMeta = () => {
    bound.refresh()
    view.setProps({})
    tellCaret()
    times.refresh()
  }
  script.speakers.map.observeDeep(onSpeakers)
  script.sources.map.observeDeep(onSources)
  script.meta.observe(onMeta)

  const run = (command: (from: CommandContext) => boolean): boolean => !isReadOnly() && command(context())

  return {
    view,
    times,
    learn: times.learn,
    recordStart: (block, start) => run((from) => recordStart(from, block, start)),
    setPlayFrom: (next) => {
      playFrom = next
      margins.drawAll()
    },
    showSpoken: (blockId) => spoken.mark(view, new Set(blockId === null ? [] : [blockId])),
    context,
    isReadOnly,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    commands: Object.fromEntries(
      Object.entries<Command>(commands).map(([name, { changesNothing, run: act }]) => [
        name,
        () => (changesNothing ? act(context()) : run(act)),
      ]),
    ) as Record<CommandName, () => boolean>,
    citeSource: (sourceId) => run((from) => citeSource(from, sourceId)),
    act: (acts) => run((from) => structural(from, () => acts(signature))),
    putBack: (blockId) => run((from) => putBack(from, blockId)),
    leaveRemoved: (blockId) => run((from) => leaveRemoved(from, blockId)),
    focusBlock: (blockId) => {
      const position = positionOf(view.state.doc, { block: blockId, offset: 0 })
      if (position === null) return
      view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(position))).scrollIntoView())
      view.focus()
      const dom = view.nodeDOM(position - 1)
      if (dom instanceof HTMLElement) dom.scrollIntoView({ block: 'center' })
    },
    markBlocks: (ids) => marked.mark(view, ids),
    blockAtHeight: (height) => blockAtHeight(view, height),
    setReadOnly: (next) => {
      readOnly = next
      view.setProps({})
      margins.drawAll()
      tellCaret()
    },
    undo: () => run(() => history.undo()),
    redo: () => run(() => history.redo()),
    destroy: () => {
      cancelRest()
      cancelCaret?.()
      script.speakers.map.unobserveDeep(onSpeakers)
      script.sources.map.unobserveDeep(onSources)
      script.meta.unobserve(onMeta)
      times.destroy()
      bound.destroy()
      awareness?.setLocalStateField('caret', null)
      view.destroy()
    },
  }
}

const keysOf = (context: () => CommandContext, isLeaving: () => boolean): Record<string, ViewCommand> =>
  Object.fromEntries(
    Object.values<Command>(commands).flatMap(({ keys }) =>
      keys.map((key): [string, ViewCommand] => [key, () => !(key === 'Tab' && isLeaving()) && press(key, context())]),
    ),
  )

/** ProseMirror's own keys, less those that change structure: these are acts of the body here. */
const withoutStructure = (keys: Readonly<Record<string, ViewCommand>>): Record<string, ViewCommand> =>
  Object.fromEntries(Object.entries(keys).filter(([key]) => !/Enter|Backspace|Delete|^Mod-a$|^Ctrl-[hd]$|^Ctrl-Alt-/.test(key)))

const placeholderPlugin = (): Plugin =>
  new Plugin({
    props: {
      attributes: (state) => ({
        class: state.doc.childCount === 1 && state.doc.firstChild?.content.size === 0 ? 'is-empty' : '',
      }),
    },
  })
