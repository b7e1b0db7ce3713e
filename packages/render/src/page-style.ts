/**
 * The one style sheet of the public site, inlined in every page (a server can allow it by its hash): paper and ink,
 * one accent, a serif for what is read and a sans for what is operated. Sizes are in rem and the columns
 * give way, so it reads at 200 % and on a phone.
 */
export const pageStyle = `
@font-face { font-family: "Source Serif 4 Variable"; src: url("/assets/fonts/source-serif-4.woff2") format("woff2"); font-weight: 200 900; font-style: normal; font-display: swap }
@font-face { font-family: "Source Serif 4 Variable"; src: url("/assets/fonts/source-serif-4-italic.woff2") format("woff2"); font-weight: 200 900; font-style: italic; font-display: swap }
@font-face { font-family: "Inter Variable"; src: url("/assets/fonts/inter.woff2") format("woff2"); font-weight: 100 900; font-style: normal; font-display: swap }
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf6, #161512);
  --ink: light-dark(#1f1d1a, #ece8e0);
  --ink-soft: light-dark(#5f5a52, #a8a196);
  --ink-faint: light-dark(#706a60, #948d81);
  --rule: light-dark(#e4e0d6, #2f2c27);
  --accent: light-dark(#b3321c, #ff8a70);
  --accent-line: light-dark(#b3321c59, #ff8a7059);
  --found: light-dark(#f7dd8f, #6b5216);
  --accent-wash: light-dark(#fbe9e4, #3a201a);
  --speaker-1: light-dark(#1d5f74, #7cc7dd);
  --speaker-2: light-dark(#7a3b74, #dda2d6);
  --speaker-3: light-dark(#5a6418, #c0cc74);
  --speaker-4: light-dark(#8a4b14, #e6b07c);
  --speaker-5: light-dark(#2c4f8f, #9db8f0);
  --speaker-6: light-dark(#3d6b3a, #98cf94);
  --way: 1; --onward: 90deg;
  --serif: "Source Serif 4 Variable", "Source Serif 4", Charter, Georgia, serif;
  --sans: "Inter Variable", Inter, system-ui, sans-serif;
  --mono: ui-monospace, "JetBrains Mono", monospace;
  --step--1: .8125rem; --step-0: .9375rem; --step-1: 1.125rem; --step-2: 1.375rem; --step-3: 1.875rem; --step-4: 2.625rem;
}
[dir=rtl] { --way: -1; --onward: 270deg }
*, ::before, ::after { box-sizing: border-box }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); font: var(--step-1)/1.6 var(--serif); font-optical-sizing: auto; overflow-wrap: break-word; text-rendering: optimizeLegibility }
a { color: inherit; text-decoration-color: var(--accent-line); text-decoration-thickness: 1px; text-underline-offset: .18em }
a:hover { color: var(--accent); text-decoration-color: currentColor }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px }
h1, h2, h3, p, figure, blockquote, ol, ul, dl, dd { margin: 0; padding: 0 }
time { font-variant-numeric: tabular-nums }
code { font: .86em var(--mono) }

.skip { position: absolute; inset-inline-start: 1rem; top: -4rem; padding: .5rem .75rem; background: var(--paper); font: var(--step-0) var(--sans); z-index: 1 }
.skip:focus { top: .5rem }
header.site, main, footer.site { width: min(100% - 2 * clamp(1.125rem, 4vw, 2.5rem), 58rem); margin-inline: auto }
header.site { padding: 1.5rem 0 0; font: 600 var(--step--1)/1.5 var(--sans) }
header.site a { color: var(--ink-soft); text-decoration: none }
header.site a:hover { color: var(--accent) }
footer.site { margin-top: 5rem; padding: 1.25rem 0 3rem; border-top: 1px solid var(--rule); display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font: var(--step--1)/1.6 var(--sans); color: var(--ink-soft) }
footer.site p:first-child { margin-inline-end: auto }
footer.site a { text-decoration: none }

.designation { font: 500 var(--step--1)/1.4 var(--sans); color: var(--accent); letter-spacing: .01em }
h1 { margin: .3em 0 .55em; font: 600 clamp(var(--step-3), 1.1rem + 3.4vw, var(--step-4))/1.12 var(--serif); letter-spacing: -.012em; text-wrap: balance }
.byline { font: var(--step-0)/1.5 var(--sans); color: var(--ink-soft) }
.dispatch .byline { margin: -.4rem 0 1.25rem }
.summary { color: var(--ink-soft); text-wrap: pretty }

.page { padding-top: clamp(1.5rem, 4vw, 3rem) }
.pull { margin-bottom: 1.5rem }
.pull blockquote { font: italic 400 var(--step-2)/1.4 var(--serif); text-wrap: pretty; text-indent: -.42em }
.pull figcaption { margin-top: .6rem; font: var(--step--1)/1.5 var(--sans); color: var(--ink-soft) }
.topics { margin-top: 1.25rem; font: var(--step--1)/1.6 var(--sans); color: var(--ink-soft) }
.topics ul { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem }
.topics li { padding: .1rem .65rem; border: 1px solid var(--rule); border-radius: 1rem }

.contents { font: var(--step--1)/1.4 var(--sans); color: var(--ink-soft) }
.contents ol { list-style: none; display: grid; gap: .1rem }
.contents a { display: flex; gap: .75rem; padding: .3rem 0; text-decoration: none }
.contents a > :first-child:not(:only-child) { flex: 0 0 2.75rem; color: var(--ink-faint); font-variant-numeric: tabular-nums }
.contents a:hover > * { color: var(--accent) }
.contents-title { min-width: 0 }

.script h2, .sources h2, .shelf h2 { margin: 2.75rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--rule); font: 600 var(--step-0)/1.4 var(--sans) }
.turn { margin-bottom: 1.2rem }
.who { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .6rem; font: 600 var(--step--1)/1.5 var(--sans) }
.permalink { color: var(--ink-faint); font-weight: 400; text-decoration: none }
.permalink:hover { text-decoration: underline }
.speaker-1 { color: var(--speaker-1) } .speaker-2 { color: var(--speaker-2) } .speaker-3 { color: var(--speaker-3) }
.speaker-4 { color: var(--speaker-4) } .speaker-5 { color: var(--speaker-5) } .speaker-6 { color: var(--speaker-6) }
.cue { color: var(--ink-faint) }
.cited { text-decoration: underline; text-decoration-color: var(--accent-line); text-decoration-thickness: 1px; text-underline-offset: .22em }
.references { font: 600 .6875rem/0 var(--sans); vertical-align: baseline; position: relative; top: -.5em; margin-inline-start: .05em; white-space: nowrap }
.references button { padding: .35em .15em; border: 0; background: none; color: var(--accent); font: inherit; cursor: pointer }
.references button:is(:hover, :focus-visible, :target) { text-decoration: underline }
.references button:target { background: var(--accent-wash); border-radius: 2px }
.cited:has(+ .references > :target) { background: var(--accent-wash); box-shadow: 0 0 0 .15em var(--accent-wash) }
:is(.turn, .source, .script > p, .script > blockquote, .script li):target, .source:has(> dl:target), .at-time { background: linear-gradient(var(--onward), var(--accent-wash), transparent); box-shadow: calc(-.6rem * var(--way)) 0 0 var(--accent-wash); border-radius: 2px }
.turn:focus { outline: none }
.script :is(p:not(.who), h2, h3, li), h1, .summary, .pull p { unicode-bidi: plaintext }
:is(.note p, .source-heading > *, .source dd, .source dd li, footer.site p) { unicode-bidi: plaintext; text-align: left }
[dir=rtl] :is(.note p, .source-heading > *, .source dd, .source dd li) { text-align: right }

.player { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; padding: .6rem 0; background: var(--paper); font: var(--step--1)/1.5 var(--sans); color: var(--ink-soft) }
.player audio { flex: 1 1 16rem; min-width: 0; height: 2.5rem }
.player a { margin-right: .75rem }
html:has(.player) { scroll-padding-top: 6rem }
.turn.spoken > p:last-child { background: var(--accent-wash); box-shadow: -.35em 0 var(--accent-wash), .35em 0 var(--accent-wash) }

.essay .script > p, .essay .script > ul, .essay .script > blockquote, .dispatch .script > :is(p, ul, blockquote) { margin-bottom: 1em; text-wrap: pretty }
.essay .script > :first-child { margin-top: 0 }
.essay .script h2 { margin: 2.5em 0 .7em; padding: 0; border: 0; font: 600 var(--step-2)/1.25 var(--serif); text-wrap: balance }
.script h3 { margin: 1.9em 0 .5em; font: 600 var(--step-1)/1.35 var(--serif) }
.script ul { padding-inline-start: 1.1em }
.script li { margin-bottom: .5em }
.script li::marker { color: var(--accent); content: "–  " }
.script blockquote { margin-inline-start: 0; padding-inline-start: 1.1em; border-inline-start: 2px solid var(--accent-line); font-style: italic }
.essay .masthead { margin-bottom: 2.25rem }

.source-list { list-style: none }
.source { border-top: 1px solid var(--rule); padding: .85rem 0; font: var(--step-0)/1.5 var(--sans) }
li:first-child > .source { border-top: 0; padding-top: 0 }
.source > summary, .source-plain { display: flex; gap: .25rem }
.source > summary { cursor: pointer; list-style: none }
.source > summary::-webkit-details-marker { display: none }
.source > summary::after { content: "+"; margin-inline-start: auto; padding-inline-start: .75rem; color: var(--ink-faint); font: 400 var(--step-1)/1.3 var(--sans) }
.source[open] > summary::after { content: "–" }
.source > summary:hover .source-title { color: var(--accent) }
.source-number { flex: 0 0 1.5rem; color: var(--accent); font-weight: 600; line-height: 1.62; font-variant-numeric: tabular-nums }
.source-heading { min-width: 0 }
.source-title { display: block; font: 600 var(--step-1)/1.35 var(--serif) }
.source-origin, .source-shown-address { display: block; margin-top: .2rem; font-size: var(--step--1); color: var(--ink-soft); overflow-wrap: anywhere }
.source-origin + .source-shown-address { margin-top: 0 }
.source dl { margin: .9rem 0 .4rem; margin-inline-start: 1.75rem; scroll-margin-top: 6rem }
.source dt { font-weight: 600; font-size: var(--step--1); color: var(--ink-soft) }
.source dd { margin-bottom: .75rem }
.source dd ul { padding-inline-start: 1rem; list-style: "–  " }
.source dd .citings { padding: 0; list-style: none }
.citings a { text-decoration: none }
.citings a:hover { text-decoration: underline }
.citings time { color: var(--ink-faint) }
.source dd li { margin-bottom: .2rem }
.source .address { overflow-wrap: anywhere }

.note { inset: auto 0 0; width: min(100%, 34rem); max-height: 60vh; margin: 0 auto; padding: 1rem 1.25rem 1.25rem; overflow-y: auto; border: 1px solid var(--rule); background: var(--paper); color: var(--ink); box-shadow: 0 .25rem 1.5rem #0003; font: var(--step--1)/1.5 var(--sans) }
.note p + p { margin-top: .4rem }
.note-title { font: 600 var(--step-0)/1.35 var(--serif) }
.note-title .source-number { margin-inline-end: .35rem }
.note-words { font: var(--step-0)/1.5 var(--serif) }
.note-origin { color: var(--ink-soft); overflow-wrap: anywhere }

.find { margin-top: 1.5rem; font: var(--step--1)/1.5 var(--sans); color: var(--ink-soft) }
.find label { display: block; margin-bottom: .3rem }
.find input, .search input { width: 100%; padding: .4rem .6rem; border: 1px solid var(--ink-faint); border-radius: 3px; background: none; color: var(--ink); font: var(--step-0)/1.4 var(--sans) }
.find p { display: flex; align-items: center; gap: .3rem; min-height: 2rem; font-variant-numeric: tabular-nums }
.find output { margin-inline-end: auto }
.find button { min-width: 1.75rem; min-height: 1.75rem; border: 0; background: none; color: inherit; font: inherit; cursor: pointer }
.find button:hover { color: var(--accent) }
::highlight(found) { background: var(--found) }
::highlight(found-here) { background: var(--accent); color: var(--paper) }

.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
del { color: var(--ink-soft); text-decoration: line-through; text-decoration-color: var(--accent); text-decoration-thickness: 1.5px }
ins { text-decoration: underline; text-decoration-color: currentColor; text-decoration-thickness: 1.5px; text-underline-offset: .2em; background: var(--accent-wash) }
.of-its-time { margin-bottom: 1.5rem; padding: .6rem .9rem; border-inline-start: 3px solid var(--accent); background: var(--accent-wash); font: var(--step--1)/1.5 var(--sans) }
.corrected-on { margin: -.6rem 0 1.25rem; font: var(--step--1)/1.5 var(--sans); color: var(--ink-soft) }
.corrections h2 { margin: 2.75rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--rule); font: 600 var(--step-0)/1.4 var(--sans) }
.corrections, .revisions, .change { font: var(--step-0)/1.55 var(--sans) }
.corrected { margin-bottom: 1.5rem }
.corrected h3, .change h2, .revisions h2 { margin: 0 0 .4rem; font: 600 var(--step-0)/1.4 var(--sans) }
.revisions { list-style: none; margin-top: 2rem }
.revisions li { padding: 1.1rem 0; border-top: 1px solid var(--rule) }
.correction { display: grid; gap: .5rem; margin-bottom: .6rem }
.correction dt { font-size: var(--step--1); color: var(--ink-soft) }
.correction dd { font: var(--step-1)/1.5 var(--serif) }
.reason { font: var(--step-1)/1.6 var(--serif); text-wrap: pretty }
main > .reason { margin-bottom: 1.5rem; font-size: var(--step-2) }
.change { padding: 1.1rem 0; border-top: 1px solid var(--rule) }
.change > p, .change dd > p { font: var(--step-1)/1.6 var(--serif) }
.change-note { font-weight: 400; color: var(--ink-soft) }
.changes > .summary { margin: 1rem 0 2rem; font: var(--step-0)/1.55 var(--sans) }
:is(.corrections, .revisions, .change, .changes, .of-its-time) a { text-underline-offset: .2em }
h1 a { text-decoration: none }
h1 a:hover { text-decoration: underline; text-decoration-thickness: 1px }
.files { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin-top: 2.75rem; padding-top: 1rem; border-top: 1px solid var(--rule); font: var(--step--1)/1.9 var(--sans); color: var(--ink-soft) }
.files p { padding: .1rem 0; font-weight: 600 }
.files ul { flex: 1; list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.1rem; min-width: 15rem }
.files a { display: inline-block; padding: .1rem 0 }

.home, .home ~ footer.site, header.site:has(~ .home) { max-width: 44rem }
.home { padding-top: clamp(2rem, 6vw, 4.5rem) }
.home > .artwork { float: inline-end; width: clamp(4.5rem, 20vw, 8rem); height: auto; margin: 0 0 1rem 1.5rem; border-radius: 4px; box-shadow: 0 0 0 1px var(--rule) }
[dir=rtl] .home > .artwork { margin: 0 1.5rem 1rem 0 }
.shelf { clear: both }
.shelf ol { list-style: none }
.shelf li + li { padding-top: 1.75rem }
.shelf h3 { margin: .15rem 0 .35rem; font: 600 var(--step-2)/1.25 var(--serif); text-wrap: balance }
.shelf h3 a { text-decoration: none }
.shelf h3 a:hover { text-decoration: underline; text-decoration-thickness: 1px }
.shelf .byline { margin-bottom: .35rem }
.archive details { padding: .35rem 0 }
.archive summary { cursor: pointer }
.archive :is(summary h3, h4) { display: inline; font: 600 var(--step-0)/1.5 var(--sans) }
.archive h4 { display: block; margin: .75rem 0 .2rem; font-size: var(--step--1); color: var(--ink-soft) }
.shelf ul { padding: 0; list-style: none }
.archive ul :is(li, li + li) { padding: .2rem 0 }
.shelf li span, .shelf summary span { font: var(--step--1)/1.5 var(--sans); color: var(--ink-soft) }
.shelf .counted { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem }
.shelf .counted li { padding: .2rem 0 }
.about > p { margin-bottom: 1rem; max-width: 38rem }
.cited-here { margin-top: .5rem; font: var(--step-0)/1.5 var(--sans) }
.shelf .cited-here li { padding: .15rem 0 }
.search { margin: 2.75rem 0 0; font: var(--step--1)/1.5 var(--sans); color: var(--ink-soft) }
.search p { display: flex; gap: .5rem; margin-top: .3rem; max-width: 30rem }
.search button { padding: .4rem .9rem; border: 1px solid var(--ink-faint); border-radius: 3px; background: none; color: var(--ink); font: inherit; cursor: pointer }
.search button:hover { color: var(--accent) }
h1 + .search { margin: 0 0 1.5rem }
.shelf h2 a { text-decoration: none }
.shelf .found li + li { padding-top: .9rem }
.found a { display: block; text-decoration: none }
.found .who { display: flex; color: var(--ink-soft) }
.found .excerpt { font: var(--step-1)/1.55 var(--serif); color: var(--ink) }
mark { background: var(--found); color: inherit; border-radius: 2px }
.empty { max-width: 34rem; color: var(--ink-soft) }

@media (min-width: 60rem) {
  .page { display: grid; grid-template-columns: 10.5rem minmax(0, 41.5rem); column-gap: 2.5rem; justify-content: space-between }
  .page > * { grid-column: 2 }
  .page > .beside { grid-column: 1; grid-row: 2 / span 9; align-self: start; position: sticky; top: 1.5rem; max-height: calc(100vh - 3rem); overflow-y: auto; margin-top: 2.75rem; padding: .9rem .25rem .25rem; margin-inline-start: -.25rem }
  .essay > .beside { margin-top: 0; padding-top: .2rem }
  @supports (position-area: block-end) {
    .note { inset: auto; width: 24rem; margin: .4rem 0; border-radius: 4px; position-area: block-end span-inline-end; position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline }
  }
}
@media (max-width: 40rem) { footer.site p:first-child { flex-basis: 100% } }
@media (max-width: 59.99rem) {
  .page > * { max-width: 41.5rem; margin-inline: auto }
  .beside { margin-top: 1.75rem; padding-top: .75rem; border-top: 1px solid var(--rule) }
  .essay > .beside { margin-bottom: 2rem; padding-bottom: .75rem; border-bottom: 1px solid var(--rule) }
  .find { margin-top: 1rem }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
@media print {
  :root { color-scheme: light; --paper: #fff }
  body { font-size: 11pt }
  .skip, .beside, .files, .note, .player, header.site, .source > summary::after { display: none }
  .page { display: block; padding: 0 }
  .references button { color: inherit }
  .turn, .source { break-inside: avoid }
  .at-time, :target { background: none !important; box-shadow: none !important }
  h2, h3, .who { break-after: avoid }
  .source::details-content { content-visibility: visible; block-size: auto }
}
`
