import { type APIRequestContext, expect } from '@playwright/test'
import type { PublishRequest } from '@stet/schema/publishing'
import type { Content } from '@stet/schema/snapshot'

/** What a test starts from and does not prove: asked of the server directly, without a browser and without a process of the bot. */
const post = async (as: APIRequestContext, path: string, data: unknown): Promise<unknown> => {
  const answer = await as.post(path, { data })
  await expect(answer).toBeOK()
  return answer.json()
}

/** Answers its id. */
export const createDispatch = async (as: APIRequestContext, content: Content): Promise<string> => {
  const { id } = (await post(as, '/api/dispatches', { content })) as { id: string }
  return id
}

/** The desk's page of it. */
export const deskAddress = ({ url }: { url: string }, id: string): string => `${url}/desk/dispatches/${id}`

export const publish = async (as: APIRequestContext, id: string, request: PublishRequest = {}): Promise<void> => {
  await post(as, `/api/dispatches/${id}/revisions`, request)
}

/** Publishes the sample that a new server comes with; answers its id. */
export const publishSample = async (as: APIRequestContext): Promise<string> => {
  const { dispatches } = (await (await as.get('/api/dispatches')).json()) as {
    dispatches: { id: string; number: number | null }[]
  }
  const sample = dispatches.find(({ number }) => number === 1)
  if (sample === undefined) throw new Error('a new server has the sample')
  await publish(as, sample.id)
  return sample.id
}
