// Tests may bring layers together, by name.
import '#core/signing/sign.ts'
import '#sandbox/index.ts'
import 'node:fs'
import '../src-core/workbench.ts' // no: tests: another folder
import 'electron' // no: tests: no electron
import 'keytar' // no: tests: no electron
