/** Beside the keys that take back one's own act: those that bring to what anyone removed. */
export const REMOVED_KEYS = 'Mod-Alt-z'
export const UNDO_KEYS = 'Mod-z'
