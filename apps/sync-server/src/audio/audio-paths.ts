import { AudioFile, AudioType, audioFileName } from '@stet/schema/audio'
import { AUDIO_UPLOAD, MAX_AUDIO_BYTES, UploadQuery } from '@stet/schema/contract/audio'
import { PROBLEM_MEDIA_TYPE, ProblemDetails } from '@stet/schema/contract/problem'
import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'

const recording: AudioFile = {
  kind: 'file',
  sha256: '5d1c0be98f2e47a36b90c1f7d83ea5429ec6b70f18d4a2539b6ce07f41a8d356',
  type: 'audio/mpeg',
  bytes: 48_212_992,
  seconds: 3_013,
  name: 'the-tide-table.mp3',
}

/** Bytes as they are have no schema. */
const BYTES = Object.fromEntries(AudioType.options.map((type) => [type, {}]))

const header = (description: string, example: string) => z.string().optional().meta({ param: { description, example } })

const refusals = {
  default: { description: 'What is wrong, and how to mend it', content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemDetails } } },
}

const uploadRecording: ZodOpenApiOperationObject = {
  operationId: 'uploadRecording',
  summary:
    'Keep a recording, which comes as it is in the body. The answer is what a dispatch says as its `audio`. The same bytes are kept once',
  description: `Takes the right to write. At most ${MAX_AUDIO_BYTES / 1024 ** 2} MiB; type and length are read from the bytes. What no dispatch ever names may be removed after some weeks.`,
  security: [{ session: [] }, { token: [] }],
  requestParams: {
    query: z.object({
      name: UploadQuery.shape.name.meta({ param: { description: 'What the file is called.', example: recording.name } }),
    }),
  },
  requestBody: { required: true, content: BYTES },
  responses: {
    '201': {
      description: 'It is kept; `Location` says where it is heard',
      content: { 'application/json': { schema: AudioFile, example: recording } },
    },
    ...refusals,
  },
}

const getRecording: ZodOpenApiOperationObject = {
  operationId: 'getRecording',
  summary: 'A recording, whole or in part. What stands at an address never changes',
  description: 'Nobody needs to be signed in where a published dispatch names it; elsewhere it takes the right to read.',
  security: [{}, { session: [] }, { token: [] }],
  requestParams: {
    path: z.object({
      file: z.string().meta({
        param: { description: 'The sha256 of its bytes, with the ending of its type.', example: audioFileName(recording) },
      }),
    }),
    header: z.object({
      range: header('One range of bytes: 206 with these alone, 416 where there are none.', 'bytes=0-65535'),
      'if-range': header('The ETag of an earlier answer: where it is another by now, the whole comes.', `"${recording.sha256}"`),
      'if-none-match': header('The ETag of an earlier answer: 304 where nothing has changed.', `"${recording.sha256}"`),
    }),
  },
  responses: {
    '200': { description: 'All of it', content: BYTES },
    '206': { description: 'The range that was asked for', content: BYTES },
    ...refusals,
  },
}

/** Recordings are no JSON, so they are no routes of the table. */
export const audioPaths: ZodOpenApiPathsObject = {
  [AUDIO_UPLOAD]: { post: uploadRecording },
  '/audio/{file}': { get: getRecording },
}
