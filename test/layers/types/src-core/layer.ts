// src-core compiles with Node, without a DOM, and cannot see hosts or the sandbox program.
import { readFileSync } from 'node:fs'
import { cli } from '#cli/clean.ts' // no
import { sandbox } from '#sandbox/clean.ts' // no
import { shared } from '#shared/clean.ts'
export const page = document.title // no
export const all: unknown = [readFileSync, shared, cli, sandbox, process.version]
