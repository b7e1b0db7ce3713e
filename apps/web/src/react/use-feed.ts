import { useSyncExternalStore } from 'react'
import type { Feed } from '../replica/feed.ts'

export const useFeed = <T>(feed: Feed<T>): T => useSyncExternalStore(feed.subscribe, feed.get)
