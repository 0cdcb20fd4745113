// src-cli sees src-core and src-shared, not the sandbox program, and no DOM.
import { core } from '#core/clean.ts'
import { sandbox } from '#sandbox/clean.ts' // no
import { shared } from '#shared/clean.ts'
export const page = document.title // no
export const all: unknown = [core, shared, sandbox, process.version]
