// src-sandbox sees src-shared, not src-core, and no DOM.
import { createServer } from 'node:https'
import { cli } from '#cli/clean.ts' // no
import { core } from '#core/clean.ts' // no
import { shared } from '#shared/clean.ts'
export const page = document.title // no
export const all: unknown = [createServer, core, shared, cli]
