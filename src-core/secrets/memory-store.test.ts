import { expect, it } from 'vitest'
import { createMemoryStore } from './memory-store.ts'

it('gives back copies, and forgets what is deleted', async () => {
  const store = createMemoryStore()
  const secret = Buffer.from('a key')
  await store.set('key-1', secret)
  secret.fill(0)
  const first = await store.get('key-1')
  expect(first?.toString()).toBe('a key')
  first?.fill(0)
  expect((await store.get('key-1'))?.toString()).toBe('a key')
  expect(await store.delete('key-1')).toBe(true)
  expect(await store.delete('key-1')).toBe(false)
  expect(await store.get('key-1')).toBeNull()
})

it('keeps nothing when it is locked', async () => {
  const store = createMemoryStore()
  await store.set('key-1', Buffer.from('a key'))
  store.lock()
  expect(await store.get('key-1')).toBeNull()
  expect((await store.probe()).state).toBe('ready')
})

it('refuses what other stores refuse', async () => {
  const store = createMemoryStore()
  await expect(store.set('../key', Buffer.alloc(1))).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  await expect(store.set('key', Buffer.alloc(1024 * 1024 + 1))).rejects.toMatchObject({ code: 'SECRET_TOO_LARGE' })
})
