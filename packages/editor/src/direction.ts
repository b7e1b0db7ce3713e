import type { NodeView, NodeViewConstructor } from 'prosemirror-view'

/** Each block runs the way its first letter does, whatever the desk around it is written in. */
export const eachItsDirection =
  (create: NodeViewConstructor): NodeViewConstructor =>
  (...given): NodeView => {
    const view = create(...given)
    if (view.contentDOM) view.contentDOM.dir = 'auto'
    return view
  }
