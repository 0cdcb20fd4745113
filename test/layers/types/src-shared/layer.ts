// src-shared compiles without Node, without a DOM and without any other folder, whatever its packages bring along.
import { readFileSync } from 'node:fs' // no
import { core } from '#core/clean.ts' // no
import { oc } from '@orpc/contract'
import { z } from 'zod'
export const node = process.version // no
export const bytes = Buffer.from('') // no
export const page = document.title // no
export const pure: unknown = [readFileSync, core, oc, z]
