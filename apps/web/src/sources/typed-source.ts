/** What was typed or pasted to add a source: an address, or a title. */
export const typedSource = (typed: string): { title: string; url: string } => {
  const text = typed.trim().replace(/\s+/g, ' ')
  if (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)) return { title: '', url: text }
  if (/^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/\S*)?$/i.test(text)) return { title: '', url: `https://${text}` }
  return { title: text, url: '' }
}
