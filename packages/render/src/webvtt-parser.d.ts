declare module 'webvtt-parser' {
  type Node = { readonly type: string; readonly name?: string; readonly value?: string; readonly children?: readonly Node[] }
  type Cue = {
    readonly id: string
    readonly startTime: number
    readonly endTime: number
    readonly text: string
    readonly tree: { readonly children: readonly Node[] }
  }
  export class WebVTTParser {
    constructor(entities: Readonly<Record<string, string>>)
    parse(
      input: string,
      mode?: string,
    ): { readonly cues: readonly Cue[]; readonly errors: readonly { message: string; line: number }[] }
  }
}
